using System.Text.Json.Serialization;
using Winback.Customers;
using Winback.Replies;
using Winback.Replies.Reading;

namespace Winback.Calls;

/// <summary>How a call went, as whoever made it says.</summary>
/// <param name="As">reached, no-answer, comes-back, wrong-number or new-address. Required.</param>
/// <param name="Reason">Why they stayed away: forgot, dissatisfied or situation-changed.</param>
/// <param name="SubReason">Says the reason too.</param>
/// <param name="Intents">What they want: return, unsubscribe, refer, question, thanks, already-customer, erase-data, call-me.</param>
/// <param name="Text">What they said, at most 30,000 characters.</param>
/// <param name="Email">Their new address; required with new-address.</param>
/// <param name="Phone">Where to call from now on.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CallNote(
    CallOutcome? As, Reason? Reason = null, SubReason? SubReason = null, IReadOnlyList<Intent>? Intents = null, string? Text = null, string? Email = null, string? Phone = null)
{
    private bool Says => Reason is not (null or Replies.Reading.Reason.None) || SubReason is not (null or Replies.Reading.SubReason.None)
        || Intents is { Count: > 0 } || !string.IsNullOrWhiteSpace(Text);

    private bool WasSpokenTo => As is not (CallOutcome.NoAnswer or CallOutcome.WrongNumber);

    /// <summary>The customer told us something. Who only gave another address did not answer anything: what failed goes there.</summary>
    public bool IsReply => WasSpokenTo && (As != CallOutcome.NewAddress || Says);

    /// <summary>What was said, where it is a reply.</summary>
    public ReplyReading Reading => ReplyReading.Given(
        Text?.Trim() ?? "", Reason ?? Replies.Reading.Reason.None, SubReason ?? Replies.Reading.SubReason.None,
        [.. Intents ?? [], .. As == CallOutcome.ComesBack ? [Intent.Return] : Array.Empty<Intent>()]);

    /// <summary>The same for the same note about a customer on a day.</summary>
    public string IdOn(CustomerId customer, DateOnly day) => Reply.IdOf(
        "call", customer.Value, $"{day:yyyy-MM-dd}", $"{As}", $"{Reason}", $"{SubReason}",
        string.Join(',', (Intents ?? []).Distinct().Order()), Text?.Trim() ?? "", Email?.Trim() ?? "", Phone?.Trim() ?? "");

    /// <returns>What is wrong, by field as in JSON; empty when nothing is.</returns>
    public Dictionary<string, string[]> Problems()
    {
        var problems = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (As is null) problems["as"] = [$"is missing; write one of {string.Join(", ", Enum.GetValues<CallOutcome>().Select(v => Labels.Of(v)))}"];
        else if (!WasSpokenTo && Says) problems["as"] = [$"{Labels.Of(As.Value)} means that nobody told anything; leave out what was said, or write reached"];
        if (Text?.Length > Reply.MaxText) problems["text"] = [$"at most {Reply.MaxText} characters"];
        if (this is { Reason: { } reason, SubReason: { } sub } && sub != Replies.Reading.SubReason.None && SubReasons.ReasonOf(sub) != reason)
            problems["subReason"] = [$"belongs to {Labels.Of(SubReasons.ReasonOf(sub))}"];
        if (As == CallOutcome.NewAddress && string.IsNullOrWhiteSpace(Email)) problems["email"] = ["is missing; write the new address"];
        else if (Email is not null && !WasSpokenTo) problems["email"] = ["goes with an outcome in which they were spoken to"];
        else if (Email is not null && !EmailAddress.TryParse(Email, out _, out var unusable)) problems["email"] = [unusable];
        if (Phone is not null && As == CallOutcome.NoAnswer) problems["phone"] = ["does not go with no-answer"];
        else if (Phone is not null && !PhoneNumber.TryParse(Phone, out _, out _)) problems["phone"] = ["is no telephone number; write for instance 06 1234 5678 or +31 6 1234 5678"];
        return problems;
    }
}
