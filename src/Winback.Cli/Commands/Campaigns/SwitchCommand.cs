using System.CommandLine;
using Spectre.Console;
using Winback.Campaigns;

namespace Winback.Cli.Commands.Campaigns;

/// <summary><c>winback campaigns pause|resume CAMPAIGN</c></summary>
internal static class SwitchCommand
{
    public static Command Pause() => Create(
        "pause", "Send nothing of a campaign until it is resumed: nobody new, no follow-ups.\nExample: winback campaigns pause restaurant-slow-evening",
        (publisher, id, cancel) => publisher.PauseAsync(id, cancel), "is paused", "was paused already");

    public static Command Resume() => Create(
        "resume", "Let a paused campaign go on where it was.\nExample: winback campaigns resume restaurant-slow-evening",
        (publisher, id, cancel) => publisher.ResumeAsync(id, cancel), "goes on", "was not paused");

    private static Command Create(string name, string description, Func<CampaignPublisher, string, CancellationToken, Task<bool>> run, string done, string nothing)
    {
        var id = CampaignDesk.IdArgument();
        var command = new Command(name, description) { id };
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await Parts.OpenAsync(result, cancel);
            var changed = await run(parts.GetRequiredService<CampaignPublisher>(), result.GetRequiredValue(id), cancel);
            AnsiConsole.WriteLine($"{result.GetRequiredValue(id)} {(changed ? done : nothing)}.");
            return 0;
        });
        return command;
    }
}
