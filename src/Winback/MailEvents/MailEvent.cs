using System.Text.Json;
using Winback.Customers;
using Winback.Outreach;

namespace Winback.MailEvents;

/// <summary>What a provider tells of a mail (https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event).</summary>
public enum MailEventKind
{
    Processed,
    Deferred,

    /// <summary>The provider would not try; its reason says why.</summary>
    Dropped,
    Delivered,

    /// <summary>Refused for good: a <c>bounce</c> that the other side answered with a 5.</summary>
    HardBounce,

    /// <summary>Refused for now: any other bounce, <c>blocked</c> among them.</summary>
    SoftBounce,

    Open,
    Click,
    SpamReport,
    Unsubscribe,
    GroupUnsubscribe,

    /// <summary>Changes nothing: an opt-out that came to us is lifted only by the customer.</summary>
    GroupResubscribe,
}

public static class MailEventKinds
{
    /// <summary>The stable word of a kind, such as <c>spam-report</c>; a bounce for good is <c>bounce</c>.</summary>
    public static string Word(this MailEventKind kind) =>
        kind == MailEventKind.HardBounce ? "bounce" : JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}

/// <summary>An event as it comes in. Addresses, links and devices that come with it are not kept.</summary>
/// <param name="Id">The provider's name for it: the same when it is told again.</param>
/// <param name="Email">The address that the mail went to; null when it cannot be one.</param>
/// <param name="At">By the provider's clock, in whole seconds.</param>
/// <param name="Reason">What the other side, or the provider, said; at most 500 characters.</param>
public sealed record IncomingMailEvent(string Id, OutreachId Outreach, EmailAddress? Email, MailEventKind Kind, DateTimeOffset At, string? Reason)
{
    /// <summary>How far the mail came. Nobody opens, clicks or unsubscribes in what did not arrive.</summary>
    public DeliveryState? Delivery => Kind switch
    {
        MailEventKind.Processed => DeliveryState.Processed,
        MailEventKind.Deferred => DeliveryState.Deferred,
        MailEventKind.Dropped => DeliveryState.Dropped,
        MailEventKind.SoftBounce => DeliveryState.Blocked,
        MailEventKind.HardBounce => DeliveryState.Bounced,
        MailEventKind.SpamReport => DeliveryState.Complained,
        MailEventKind.GroupResubscribe => null,
        _ => DeliveryState.Delivered,
    };

    /// <summary>What it tells of the mailbox. Dropped is what the provider remembers of an earlier mail, in its fixed words.</summary>
    public MailboxNews? News => (Kind, Reason) switch
    {
        (MailEventKind.Dropped, "Bounced Address" or "Invalid") => MailboxNews.HardBounce,
        (MailEventKind.Dropped, "Spam Reporting Address") => MailboxNews.Complaint,
        (MailEventKind.HardBounce, _) => MailboxNews.HardBounce,
        (MailEventKind.SoftBounce, _) => MailboxNews.SoftBounce,
        (MailEventKind.SpamReport, _) => MailboxNews.Complaint,
        // An open or a click may be of a mail of long ago, and by a program.
        (MailEventKind.Delivered, _) => MailboxNews.Delivered,
        _ => null,
    };

    /// <summary>The customer wants no more of this.</summary>
    public bool IsOptOut => Kind is MailEventKind.Unsubscribe or MailEventKind.GroupUnsubscribe
        || (Kind == MailEventKind.Dropped && Reason == "Unsubscribed Address");
}

/// <summary>An event as it is kept.</summary>
public sealed record MailEvent(string Id, CustomerId Customer, string Campaign, string Step, OutreachId Outreach, MailEventKind Kind, DateTimeOffset At, string? Reason);
