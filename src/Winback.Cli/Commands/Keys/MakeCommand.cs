using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using Winback.Cli.Cloud;

namespace Winback.Cli.Commands.Keys;

[JsonConverter(typeof(JsonStringEnumConverter<MadeState>))]
internal enum MadeState
{
    [JsonStringEnumMemberName("made")]
    Made,

    [JsonStringEnumMemberName("there")]
    There,

    [JsonStringEnumMemberName("deleted")]
    Deleted,

    [JsonStringEnumMemberName("missing")]
    Missing,
}

/// <summary>How it stands with one secret.</summary>
/// <param name="Remedy">What to do; null when nothing is to be done.</param>
internal sealed record MadeSecret(string Secret, MadeState State, string? Remedy = null);

/// <summary><c>winback keys make</c>: makes the secrets that are missing in the vault.</summary>
internal static class MakeCommand
{
    /// <summary>Where the mail provider's key is taken from.</summary>
    public const string ApiKeyVariable = "WINBACK_SENDGRID_API_KEY";

    private const int DefaultWait = 180;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    public static Command Create(AzureLogin login)
    {
        var (vault, site, json) = (KeysCommand.VaultOption(), KeysCommand.SiteOption(), Screens.JsonOption());
        var wait = Screens.WaitOption(
            $"How long to try while the vault does not let us in, since a role that was just given takes some minutes to work; 0 to 3600. Default {DefaultWait}.");
        var command = new Command(
            "make", "Make the app's secrets that are missing in its Key Vault: link-keys, mailbox-key and inbound-secrets by chance, sendgrid-api-key from\n"
            + $"{ApiKeyVariable} in the environment or a question. One that is there is never changed, and none is shown.\nExample: winback keys make --vault https://kv-linde.vault.azure.net")
        {
            vault, site, wait, json,
        };
        command.SetAction(async (result, cancel) =>
        {
            var screen = Screens.Screen(result.GetValue(json));
            var keys = KeysCommand.Vault(result.GetRequiredValue(vault), login);
            var secrets = await PatientlyAsync(
                () => MakeAsync(keys, () => ApiKey(screen), cancel), TimeSpan.FromSeconds(result.GetValue(wait) ?? DefaultWait), TimeProvider.System,
                screen.WriteLine, cancel);
            if (result.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(secrets, CommandJson.Default.IReadOnlyListMadeSecret));
            else foreach (var s in secrets) AnsiConsole.WriteLine($"{s.Secret}: {Words(s.State)}{(s.Remedy is null ? "" : $". {s.Remedy}")}");
            // Also when nothing was made: the app may have been there before its secrets.
            await KeysCommand.RefreshAsync(result.GetValue(site), login, cancel);
            return secrets.All(s => s.State is MadeState.Made or MadeState.There) ? 0 : 1;
        });
        return command;
    }

    /// <param name="apiKey">The mail provider's key; null when nobody gives it.</param>
    public static async Task<IReadOnlyList<MadeSecret>> MakeAsync(VaultKeys keys, Func<string?> apiKey, CancellationToken cancel)
    {
        var made = new List<MadeSecret>();
        foreach (var secret in new[] { VaultSecret.LinkKeys, VaultSecret.MailboxKey, VaultSecret.InboundSecrets, VaultSecret.SendGridApiKey })
            made.Add(await MakeAsync(keys, secret, secret.New ?? apiKey, cancel));
        return made;
    }

    /// <summary>Tries again while a role does not work yet.</summary>
    public static async Task<T> PatientlyAsync<T>(
        Func<Task<T>> work, TimeSpan patience, TimeProvider time, Action<string> say, CancellationToken cancel)
    {
        var (start, isSaid) = (time.GetTimestamp(), false);
        while (true)
        {
            try
            {
                return await work();
            }
            catch (CloudException e) when (e.Problem == CloudProblem.MissingRole && time.GetElapsedTime(start) + Pause <= patience)
            {
                var seconds = patience.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
                if (!isSaid) say($"{e.Message}. If it was just given, wait: trying for {seconds} seconds.");
                isSaid = true;
            }
            await Task.Delay(Pause, time, cancel);
        }
    }

    private static async Task<MadeSecret> MakeAsync(VaultKeys keys, VaultSecret secret, Func<string?> make, CancellationToken cancel)
    {
        if (await keys.HasAsync(secret, cancel)) return new MadeSecret(secret.Name, MadeState.There);
        if (make() is not { } value)
        {
            return new MadeSecret(
                secret.Name, MadeState.Missing,
                $"Make a key with the Mail Send permission in SendGrid, put it into {ApiKeyVariable} and run this again; or run: "
                + $"winback keys set {secret.Name} --vault URL");
        }
        try
        {
            return new MadeSecret(secret.Name, await keys.MakeAsync(secret, value, cancel) ? MadeState.Made : MadeState.There);
        }
        catch (CloudException e) when (e.Problem == CloudProblem.DeletedSecret)
        {
            return new MadeSecret(secret.Name, MadeState.Deleted, $"With a new one {secret.Lost}, so recover it: {e.Message}");
        }
    }

    private static string? ApiKey(IAnsiConsole screen) =>
        Environment.GetEnvironmentVariable(ApiKeyVariable) is { Length: > 0 } given ? SetCommand.Checked(given)
        : Console.IsInputRedirected ? null
        : SetCommand.Ask(screen);

    private static string Words(MadeState state) => state switch
    {
        MadeState.Made => "made",
        MadeState.There => "is there already",
        MadeState.Deleted => "was deleted, and is not replaced",
        _ => "is missing",
    };
}
