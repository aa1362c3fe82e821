using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Winback.Customers;
using Winback.Referrals;

namespace Winback.Cli.Commands.Referrals;

/// <summary>One referral, as <c>winback referrals list --json</c> prints it.</summary>
/// <param name="Referrer">The customer who referred.</param>
/// <param name="Friend">What the friend is called.</param>
/// <param name="Customers">The customers who the friend is by now.</param>
/// <param name="ToReferrer">Whether the customer gets the reward too; the friend always does.</param>
/// <param name="AgreedToMailAt">When the friend agreed to mail; null when they did not.</param>
/// <param name="Asked">What became of the mail that asks whether it was them: HandedOver, Uncertain, Failed or Skipped; null while it waits, or without an address.</param>
/// <param name="AskedProblem">Why it was not sent, or may not have been.</param>
/// <param name="ConfirmedAt">When they said that it was them.</param>
/// <param name="MayMail">Agreed and confirmed, and the mailbox has not opted out since.</param>
internal sealed record ListedReferral(
    string Id, string Referrer, string? Friend, string? Email, string? Phone, DateTimeOffset ReceivedAt, string State, string Reason, string Explanation,
    IReadOnlyList<string> Customers, DateOnly? FirstPurchase, DateOnly? EarnedOn, bool ToReferrer, DateTimeOffset? HandedOutAt, DateTimeOffset? AgreedToMailAt,
    string? Asked, string? AskedProblem, DateTimeOffset? ConfirmedAt, bool MayMail)
{
    public static ListedReferral Of(DecidedReferral d) => new(
        d.Referral.Id, d.Referral.Referrer.Value, d.Referral.Name, d.Referral.Email, d.Referral.Phone, d.Referral.ReceivedAt, d.Decision.State.Word(), d.Decision.Reason.Word(),
        d.Decision.Reason.Explain(), [.. d.Friends.Select(f => f.Value)], d.Decision.FirstPurchase, d.Decision.EarnedOn, d.Decision.ToReferrer, d.Referral.HandedOut?.At,
        d.Referral.Consent?.At, d.Referral.Asked?.State.ToString(), d.Referral.Asked?.Problem, d.Referral.ConfirmedAt, d.MayMail);

    /// <summary>In a word or two: whether the owner may mail the friend.</summary>
    public string Mail() => this switch
    {
        { MayMail: true } => "yes",
        { AgreedToMailAt: null } => "no",
        { ConfirmedAt: not null } => "no longer",
        { AskedProblem: { } problem } => $"not confirmed ({problem})",
        _ => "not confirmed",
    };
}

/// <summary><c>winback referrals list</c>: every referral with its state and the reason.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var state = new Option<string?>("--state") { Description = "Only those in this state.", HelpName = string.Join('|', States) };
        state.AcceptOnlyFromAmong(States);
        var json = Screens.JsonOption();
        var command = new Command("list", "Every referral: who referred whom, whether the friend may be mailed, what came of it and why. It reads every referral.\nExample: winback referrals list --state earned")
        {
            state, json,
        };
        command.SetAction(async (result, cancel) =>
        {
            await using var parts = await Parts.OpenAsync(result, cancel);
            var only = result.GetValue(state);
            var listed = await parts.GetRequiredService<ReferralBook>().AllAsync(cancel).Select(ListedReferral.Of).Where(r => only is null || r.State == only).ToListAsync(cancel);
            if (result.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(listed, CommandJson.Default.ListListedReferral));
            else Show(listed, parts.GetRequiredService<OwnerClock>().Zone);
            return 0;
        });
        return command;
    }

    private static string[] States => [.. Enum.GetValues<ReferralState>().Select(s => s.Word())];

    private static void Show(List<ListedReferral> listed, TimeZoneInfo zone)
    {
        if (listed.Count == 0)
        {
            AnsiConsole.WriteLine("There are no such referrals.");
            return;
        }
        var table = new Table().RoundedBorder().AddColumns("Id", "Customer", "Friend", "Signed up", "Mail", "State", "Why");
        foreach (var r in listed)
        {
            var friend = string.Join(", ", new[] { r.Friend, r.Email ?? r.Phone, r.Customers.Count > 0 ? string.Join(", ", r.Customers) : null }.Where(t => t is not null));
            var day = TimeZoneInfo.ConvertTime(r.ReceivedAt, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var until = r.State == "pending" ? string.Create(CultureInfo.InvariantCulture, $" Earned on {r.EarnedOn:yyyy-MM-dd}.") : "";
            table.AddRow(new Text(r.Id), new Text(r.Referrer), new Text(friend), new Text(day), new Text(r.Mail()), new Text(r.State),
                new Text($"{r.Reason}: {r.Explanation}{until}"));
        }
        AnsiConsole.Write(table);
    }
}
