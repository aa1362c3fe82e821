using System.Collections.Frozen;
using System.Text.Json;

namespace Winback.Campaigns;

/// <summary>Why a customer gets nothing from a campaign. In order: the first that applies is the answer.</summary>
public enum ExclusionReason
{
    Erased,
    Deceased,
    OptedOut,
    ServiceOptedOut,
    SuppressedAddress,
    NoUsableAddress,
    NoPhoneNumber,
    NoPermission,
    NoSuchSubject,
    Active,
    TooLongAgo,
    OnHold,
    Paused,
    EnrolledAlready,
    EnrolledElsewhere,
    Capped,
    SharedMailbox,
    WaveFull,
    HoldOut,
    Finished,
}

public static class ExclusionReasons
{
    private static readonly FrozenDictionary<ExclusionReason, string> Words = Enum.GetValues<ExclusionReason>()
        .ToFrozenDictionary(r => r, r => JsonNamingPolicy.KebabCaseLower.ConvertName(r.ToString()));

    /// <summary>The stable word of a reason, such as <c>no-permission</c>.</summary>
    public static string Word(this ExclusionReason reason) => Words[reason];

    /// <summary>A reason as a sentence for the owner.</summary>
    public static string Explain(this ExclusionReason reason) => reason switch
    {
        ExclusionReason.Erased => "They asked to be erased, so nothing is sent any more.",
        ExclusionReason.Deceased => "They have died.",
        ExclusionReason.OptedOut => "They unsubscribed from marketing mail; only they can undo that.",
        ExclusionReason.ServiceOptedOut => "They asked for no more reminders; only they can undo that.",
        ExclusionReason.SuppressedAddress => "Nothing may go to this mailbox: it bounced, complained, or stands for many customers.",
        ExclusionReason.NoUsableAddress => "There is no e-mail address, or one that cannot receive mail; correct it in your own system and import again.",
        ExclusionReason.NoPhoneNumber => "The next step is a call, and no telephone number is known; import one, or note it with winback calls outcome.",
        ExclusionReason.NoPermission => "The last import gives no permission for marketing mail.",
        ExclusionReason.NoSuchSubject => "There is nothing to write about: they never bought, or have no subscription that ends.",
        ExclusionReason.Active => "They are still a customer: they bought recently, or have a subscription that runs or is too far from its end.",
        ExclusionReason.TooLongAgo => "They left longer ago than the campaign looks back.",
        ExclusionReason.OnHold => "They replied, or a complaint of theirs is open: see winback replies list and winback cases list.",
        ExclusionReason.Paused => "They asked for a pause.",
        ExclusionReason.EnrolledAlready => "A step of this campaign is being handed over, or failed and waits for you: see winback retry.",
        ExclusionReason.EnrolledElsewhere => "Another campaign is writing to them, or goes first.",
        ExclusionReason.Capped => "They were written to or called too short a time ago.",
        ExclusionReason.SharedMailbox => "Another customer with the same mailbox is in a campaign, or goes first.",
        ExclusionReason.WaveFull => "Enough customers were enrolled for now; their turn comes.",
        ExclusionReason.HoldOut => "They are left alone on purpose, to measure what the campaign does.",
        ExclusionReason.Finished => "They had all steps of this campaign; only a new visit starts it again.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "This reason has no explanation yet."),
    };
}
