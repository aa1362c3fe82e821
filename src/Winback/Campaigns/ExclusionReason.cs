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
}
