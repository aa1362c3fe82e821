using System.CommandLine;
using Winback.Replies.Reading;

namespace Winback.Cli.Commands.Replies;

/// <summary><c>winback replies</c>: what customers answered; and reading replies from files, without storage or settings.</summary>
internal static class RepliesCommand
{
    public static Command Create() => new("replies", "What customers answered and what is to be done about it; and reading replies from files.\nExample: winback replies list")
    {
        Parts.OnStorage(ListCommand.Create()),
        Parts.OnStorage(ShowCommand.Create()),
        Parts.OnStorage(CorrectCommand.Create()),
        Parts.OnStorage(AssignCommand.Create()),
        Parts.OnStorage(DoneCommand.Create()),
        ClassifyCommand.Create(),
        ExtractCommand.Create(),
        ScoreCommand.Create(),
    };

    public static Option<string?> LexiconOption() => new("--lexicon") { Description = "The folder with nl.txt and en.txt. Default: the setting Replies__Folder, else the one that ships." };

    /// <exception cref="LexiconException">It cannot be used.</exception>
    public static ReplyReader Reader(string? given) => new(Lexicon.Load(
        given ?? (Environment.GetEnvironmentVariable("Replies__Folder") is { Length: > 0 } set ? set : Lexicon.ShippedFolder)));
}
