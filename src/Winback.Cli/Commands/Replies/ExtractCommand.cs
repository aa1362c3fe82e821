using System.CommandLine;
using Winback.Replies.Reading;

namespace Winback.Cli.Commands.Replies;

/// <summary><c>winback replies extract</c>: what was newly written.</summary>
internal static class ExtractCommand
{
    public static Command Create()
    {
        var command = new Command("extract", "Print the new text of the mail body on standard input, without quoted original, signature, phone footer and disclaimer.\nExample: winback replies extract < mail.txt");
        command.SetAction(async (_, cancel) =>
        {
            using var input = new StreamReader(Console.OpenStandardInput());
            Console.WriteLine(ReplyText.Extract(await input.ReadToEndAsync(cancel)));
            return 0;
        });
        return command;
    }
}
