using System.CommandLine;
using Winback.Replies.Reading;

namespace Winback.Cli.Commands.Replies;

/// <summary><c>winback replies</c>: reading replies from files, without storage or settings.</summary>
internal static class RepliesCommand
{
    public static Command Create() => new("replies", "Read replies: their new text, whether a machine wrote them, the reason and what is asked for.\nExample: winback replies extract < mail.txt")
    {
        ClassifyCommand.Create(),
        ExtractCommand.Create(),
        ScoreCommand.Create(),
    };

    public static Option<string?> LexiconOption() => new("--lexicon") { Description = "The folder with nl.txt and en.txt. Default: the setting Replies__Folder, else the one that ships." };

    /// <exception cref="LexiconException">It cannot be used.</exception>
    public static ReplyReader Reader(string? given) => new(Lexicon.Load(
        given ?? (Environment.GetEnvironmentVariable("Replies__Folder") is { Length: > 0 } set ? set : Lexicon.ShippedFolder)));
}
