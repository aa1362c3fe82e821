namespace Winback.Cli;

/// <summary>A user's mistake, or something a user can mend: shown as a message, without a stack trace; exit code 1.</summary>
public sealed class CommandException(string message) : Exception(message);
