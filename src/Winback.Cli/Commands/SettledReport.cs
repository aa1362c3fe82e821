using System.Globalization;
using Spectre.Console;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Outreach;

namespace Winback.Cli.Commands;

/// <param name="State">The state after it.</param>
internal sealed record SettledStep(string Customer, string Campaign, string Step, string State, bool Done, string Detail);

/// <summary>What <c>winback retry --json</c> and <c>winback resolve --json</c> print.</summary>
/// <param name="Settled">For how many steps anything follows.</param>
/// <param name="LeftAlone">For how many nothing does; each says why.</param>
internal sealed record SettledReport(int Settled, int LeftAlone, IReadOnlyList<SettledStep> Steps)
{
    public static SettledReport Of(IReadOnlyList<ByHandResult> results) => new(
        results.Count(r => r.Done), results.Count(r => !r.Done),
        [.. results.Select(r => new SettledStep(r.Outreach.Customer.Value, r.Outreach.Campaign, r.Outreach.Step, WhyReport.Word(r.Outreach.State), r.Done, r.Detail))]);

    /// <summary>A customer's steps in one of these states, the ones that nobody looked at.</summary>
    /// <param name="campaign">Null for every campaign.</param>
    /// <exception cref="CommandException">There is none.</exception>
    public static async Task<IReadOnlyList<OutreachRecord>> FindAsync(
        IServiceProvider parts, CustomerId customer, string? campaign, StepState[] states, CancellationToken cancel)
    {
        var found = await parts.GetRequiredService<IOutreachStore>().OfAsync(customer, cancel)
            .Where(o => o.NeedsLook && states.Contains(o.State) && (campaign is null || o.Campaign == campaign)).ToListAsync(cancel);
        if (found.Count > 0) return found;
        var what = string.Join(" or ", states.Select(WhyReport.Word));
        // The number as it was typed, also where it is an address: the command is to be run.
        throw new CommandException($"Nothing of customer {customer.Value} is {what}{(campaign is null ? "" : $" in {campaign}")}. What there is: winback why {customer.Value}");
    }

    public void Show()
    {
        if (Steps.Count == 0) AnsiConsole.WriteLine("There is nothing to be done.");
        foreach (var step in Steps)
            AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step.Customer}: {step.Campaign} {step.Step} {(step.Done ? "" : "is left alone: ")}{step.Detail}."));
    }
}
