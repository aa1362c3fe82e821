using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Winback.Hosting;

namespace Winback.Cli.Commands.Keys;

/// <summary>What <c>winback keys new --json</c> prints.</summary>
/// <param name="Key">For the caller; shown this once.</param>
/// <param name="Setting">For the app, as NAME=VALUE.</param>
internal sealed record NewKey(string Key, string Setting);

/// <summary><c>winback keys new NAME</c>: makes an API key.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "Who will use it: letters, digits and _, for instance till." };
        name.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not { Length: > 0 } text || !text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
                result.AddError("NAME: use letters, digits and _ only.");
        });
        var json = Screens.JsonOption();
        var command = new Command(
            "new", "Make a key for the till or the web shop. It is shown once; the app keeps only its hash. To rotate it, make a second one, move the caller,\n"
            + "remove the first.\nExample: winback keys new till") { name, json };
        command.SetAction(result =>
        {
            var (key, hash) = ApiKeys.New();
            var setting = $"Api__Keys__{result.GetRequiredValue(name)}={hash}";
            if (result.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(new NewKey(key, setting), CommandJson.Default.NewKey));
                return 0;
            }
            AnsiConsole.WriteLine($"Key, for the caller's header {ApiKeys.Header} (shown once):");
            Console.WriteLine(key);
            AnsiConsole.WriteLine("Setting, for the app:");
            Console.WriteLine(setting);
            return 0;
        });
        return command;
    }
}
