using System.Globalization;
using System.Text.Json;
using Winback.Cli.Commands;
using Winback.Hosting;

namespace Winback.Cli.Doctor;

/// <summary>Asks the app how it is.</summary>
/// <param name="app">Where it is reached, without <c>/api</c>.</param>
/// <param name="patience">How long it is asked again until it is well: it may have just been deployed, and start.</param>
internal sealed class AppHealth(Uri app, TimeSpan patience, TimeProvider time)
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private readonly string _what = $"app {app}";

    /// <param name="version">The version that it should be.</param>
    public async Task<Finding> AskAsync(string version, CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        using var http = new HttpClient { Timeout = AnswerWithin };
        while (true)
        {
            var finding = await AskOnceAsync(http, version, cancel);
            if (finding.State != FindingState.Problem || time.GetElapsedTime(start) + Pause > patience) return finding;
            await Task.Delay(Pause, time, cancel);
        }
    }

    private async Task<Finding> AskOnceAsync(HttpClient http, string version, CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"{app.ToString().TrimEnd('/')}/api/health"), cancel);
            if (!answer.IsSuccessStatusCode)
            {
                return Finding.Problem(
                    _what, $"answered {(int)answer.StatusCode}",
                    "look at its log; 503 means that it cannot reach storage, 502 or 504 that it does not start, for instance for want of a setting");
            }
            var health = JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(cancel), CommandJson.Default.Health);
            return health is { Status: not null, Version: not null } ? Judge(health, version) : NotOurs();
        }
        catch (JsonException)
        {
            return NotOurs();
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            return Finding.Problem(
                _what, $"does not answer ({e.Message})",
                "check the address, and whether the app runs; a cold start takes some seconds, for which there is --wait 120");
        }
    }

    private Finding Judge(Health health, string version)
    {
        var campaigns = string.Create(CultureInfo.InvariantCulture, $"{health.Campaigns} campaigns switched on");
        return health.Version == version
            ? Finding.Ok(_what, $"{health.Status}, {campaigns}, version {version}")
            : Finding.Warning(
                _what, $"{health.Status}, {campaigns}, but it is version {health.Version} and this winback is {version}",
                "deploy what is here (azd deploy), or work with the winback of that version");
    }

    private Finding NotOurs() => Finding.Problem(_what, "something answers that is not Winback", "check the address; it is the app's, without /api");
}
