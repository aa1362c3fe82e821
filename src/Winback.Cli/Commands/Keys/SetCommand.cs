using System.CommandLine;
using Spectre.Console;
using Winback.Cli.Cloud;

namespace Winback.Cli.Commands.Keys;

/// <summary><c>winback keys set sendgrid-api-key</c>: puts in another key of the mail provider.</summary>
internal static class SetCommand
{
    public static Command Create(AzureLogin login)
    {
        var secret = new Argument<string>("SECRET")
        {
            Description = "sendgrid-api-key: the others come from chance (keys make, keys rotate).",
            HelpName = VaultSecret.SendGridApiKey.Name,
        };
        secret.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && name != VaultSecret.SendGridApiKey.Name)
                result.AddError($"SECRET: {name} cannot be given, only {VaultSecret.SendGridApiKey.Name}. The others come from chance: winback keys make");
        });
        var (vault, site, json) = (KeysCommand.VaultOption(), KeysCommand.SiteOption(), Screens.JsonOption());
        var command = new Command(
            "set", "Put another key of the mail provider into the vault, from standard input or a question; it is not shown. In SendGrid, remove the old one\n"
            + "after that.\nExample: winback keys set sendgrid-api-key --vault https://kv-linde.vault.azure.net < key.txt")
        {
            secret, vault, site, json,
        };
        command.SetAction(async (result, cancel) =>
        {
            var keys = KeysCommand.Vault(result.GetRequiredValue(vault), login);
            var value = Console.IsInputRedirected ? Checked(await Console.In.ReadLineAsync(cancel) ?? "") : Ask(Screens.Screen(result.GetValue(json)));
            var isNew = await keys.SetAsync(VaultSecret.SendGridApiKey, value, cancel);
            await KeysCommand.RefreshAsync(result.GetValue(site), login, cancel);
            return Screens.Done($"{VaultSecret.SendGridApiKey.Name} is {(isNew ? "set" : "that already")}.", result.GetValue(json));
        });
        return command;
    }

    public static string Ask(IAnsiConsole screen) => Checked(screen.Prompt(new TextPrompt<string>("SendGrid API key (it is not shown):").Secret(null)));

    /// <exception cref="CommandException">It is no key.</exception>
    public static string Checked(string text) => text.Trim() is { Length: > 0 } key && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
        ? key
        : throw new CommandException("That is no SendGrid API key: it is empty, or has signs in it that no key has. Copy it whole, as SendGrid showed it once.");
}
