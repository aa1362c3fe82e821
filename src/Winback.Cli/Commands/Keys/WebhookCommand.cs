using System.CommandLine;
using System.Text.Json;
using Winback.Cli.Cloud;

namespace Winback.Cli.Commands.Keys;

/// <summary>What <c>winback keys webhook --json</c> prints.</summary>
internal sealed record WebhookAddress(string Address);

/// <summary><c>winback keys webhook</c>: the address for SendGrid's Inbound Parse, the one place where a secret must be in an address.</summary>
internal static class WebhookCommand
{
    public static Command Create(AzureLogin login)
    {
        var (vault, json) = (KeysCommand.VaultOption(), Screens.JsonOption());
        var app = new Option<string>("--app") { Description = "Where the app is reached.", HelpName = "URL", Required = true };
        Screens.RequireAddress(app);
        var command = new Command(
            "webhook", "Print the whole address that SendGrid's Inbound Parse is to post replies to. It holds the newest secret: show it to SendGrid only.\n"
            + "Example: winback keys webhook --vault https://kv-linde.vault.azure.net --app https://winback.example")
        {
            vault, app, json,
        };
        command.SetAction(async (result, cancel) =>
        {
            var secret = await KeysCommand.Vault(result.GetRequiredValue(vault), login, KeyVault.Reader).NewestAsync(VaultSecret.InboundSecrets, cancel);
            var address = Address(result.GetRequiredValue(app), secret);
            Console.WriteLine(result.GetValue(json) ? JsonSerializer.Serialize(new WebhookAddress(address), CommandJson.Default.WebhookAddress) : address);
            return 0;
        });
        return command;
    }

    public static string Address(string app, string secret) => $"{app.TrimEnd('/')}/api/replies/inbound?secret={Uri.EscapeDataString(secret)}";
}
