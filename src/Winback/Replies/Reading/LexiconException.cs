namespace Winback.Replies.Reading;

/// <summary>A lexicon that cannot be used. The message has a line per problem, with file, line and remedy.</summary>
public sealed class LexiconException(string message) : Exception(message);
