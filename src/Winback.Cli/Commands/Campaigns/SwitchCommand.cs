using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Winback.Campaigns;

namespace Winback.Cli.Commands.Campaigns;

/// <param name="Changed">False when it was so already.</param>
internal sealed record SwitchedCampaign(string Campaign, bool IsPaused, bool Changed);

/// <summary><c>winback campaigns pause|resume CAMPAIGN</c></summary>
internal static class SwitchCommand
{
    public static Command Pause() => Create(
        isPause: true, "Send nothing of a campaign until it is resumed: nobody new, no follow-ups.\nExample: winback campaigns pause restaurant-slow-evening",
        (publisher, id, cancel) => publisher.PauseAsync(id, cancel), "is paused", "was paused already");

    public static Command Resume() => Create(
        isPause: false, "Let a paused campaign go on where it was.\nExample: winback campaigns resume restaurant-slow-evening",
        (publisher, id, cancel) => publisher.ResumeAsync(id, cancel), "goes on", "was not paused");

    private static Command Create(bool isPause, string description, Func<CampaignPublisher, string, CancellationToken, Task<bool>> run, string done, string nothing)
    {
        var id = CampaignDesk.IdArgument();
        var json = Screens.JsonOption();
        var command = new Command(isPause ? "pause" : "resume", description) { id, json };
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await Parts.OpenAsync(result, cancel);
            var changed = await run(parts.GetRequiredService<CampaignPublisher>(), result.GetRequiredValue(id), cancel);
            if (result.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new SwitchedCampaign(result.GetRequiredValue(id), isPause, changed), CommandJson.Default.SwitchedCampaign));
            else AnsiConsole.WriteLine($"{result.GetRequiredValue(id)} {(changed ? done : nothing)}.");
            return 0;
        });
        return command;
    }
}
