using System.CommandLine;
using Winback.Cli.Cloud;

namespace Winback.Cli.Commands.Keys;

/// <summary><c>winback keys</c>: the keys of callers, and the secrets that the app keeps in Key Vault.</summary>
internal static class KeysCommand
{
    public static Command Create(AzureLogin login) => new("keys", "Keys for the till or the web shop, and the app's own secrets in Key Vault.")
    {
        NewCommand.Create(),
        MakeCommand.Create(login),
        RotateCommand.Create(login),
        SetCommand.Create(login),
        WebhookCommand.Create(login),
    };

    public static Option<string> VaultOption()
    {
        var vault = new Option<string>("--vault")
        {
            Description = "The Key Vault, as https://NAME.vault.azure.net, reached as whoever is logged in (az login).",
            HelpName = "URL",
            Required = true,
        };
        vault.Validators.Add(result =>
        {
            if (result.Tokens is [var url, ..]
                && !(Uri.TryCreate(url.Value, UriKind.Absolute, out var uri) && uri is { Scheme: "https", AbsolutePath: "/", Query: "" }))
                result.AddError("--vault: is not the address of a Key Vault; write it whole, as https://NAME.vault.azure.net");
        });
        return vault;
    }

    public static Option<string?> SiteOption()
    {
        var site = new Option<string?>("--site")
        {
            Description = "The function app, by its resource id (azd env get-value AZURE_APP_ID): it then has the new values at once, otherwise within a day.",
            HelpName = "RESOURCE_ID",
        };
        RequireSite(site);
        return site;
    }

    /// <summary>Has what is given looked at before anything is done.</summary>
    public static void RequireSite(Option site) => site.Validators.Add(result =>
    {
        if (result.Tokens is [var id, ..] && !SiteId.TryParse(id.Value, out _))
            result.AddError("--site: is not the resource id of a function app; write /subscriptions/ID/resourceGroups/NAME/providers/Microsoft.Web/sites/NAME");
    });

    public static VaultKeys Vault(string url, AzureLogin login, string role = KeyVault.Writer) => new(new KeyVault(new Uri(url), login, role));

    /// <summary>The app has what is in the vault, where it is said which app.</summary>
    public static async Task RefreshAsync(string? site, AzureLogin login, CancellationToken cancel)
    {
        if (site is null) return;
        try
        {
            await new Site(SiteId.Parse(site), login).RefreshReferencesAsync(cancel);
        }
        catch (CloudException e)
        {
            // So that nobody rotates once more for it.
            throw new CloudException(
                $"what was to be done in the vault is done, but the app has it within a day only: {e.Message}, or restart the app", e.Problem, e);
        }
    }
}
