using System.CommandLine;
using Winback.Cli.Cloud;

namespace Winback.Cli.Commands.Keys;

/// <summary><c>winback keys rotate SECRET</c>: puts a new value in front.</summary>
internal static class RotateCommand
{
    private static readonly VaultSecret[] Rotated = [VaultSecret.LinkKeys, VaultSecret.InboundSecrets];

    public static Command Create(AzureLogin login)
    {
        var secret = new Argument<string>("SECRET")
        {
            Description = "link-keys: the old ones stay, since an unsubscribe link never expires. inbound-secrets: only the one before stays, so "
                + "give SendGrid the new address (keys webhook) before you rotate again.",
            HelpName = "link-keys|inbound-secrets",
        };
        secret.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && !Rotated.Any(r => r.Name == name)) result.AddError(WhyNot(name));
        });
        var (vault, site, json) = (KeysCommand.VaultOption(), KeysCommand.SiteOption(), Screens.JsonOption());
        var command = new Command(
            "rotate", "Put a new link key or a new secret of the reply webhook in front of the old. Each run makes another one.\n"
            + "Example: winback keys rotate link-keys --vault https://kv-linde.vault.azure.net")
        {
            secret, vault, site, json,
        };
        command.SetAction(async (result, cancel) =>
        {
            var rotated = Rotated.Single(r => r.Name == result.GetRequiredValue(secret));
            await KeysCommand.Vault(result.GetRequiredValue(vault), login).RotateAsync(rotated, cancel);
            await KeysCommand.RefreshAsync(result.GetValue(site), login, cancel);
            var next = rotated == VaultSecret.InboundSecrets ? " Give SendGrid the new address, which this shows: winback keys webhook" : "";
            return Screens.Done($"{rotated.Name} has a new value in front.{next}", result.GetValue(json));
        });
        return command;
    }

    private static string WhyNot(string name) =>
        name == VaultSecret.MailboxKey.Name ? $"SECRET: {name} is never rotated: with a new one {VaultSecret.MailboxKey.Lost}."
        : name == VaultSecret.SendGridApiKey.Name ? $"SECRET: {name} comes from SendGrid; make one there, and then: winback keys set {name}"
        : $"SECRET: there is no {name}; rotate {string.Join(" or ", Rotated.Select(r => r.Name))}. A key of the till or the web shop: winback keys new NAME";
}
