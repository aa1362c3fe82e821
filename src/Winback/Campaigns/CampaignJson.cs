using System.Text.Json;
using System.Text.Json.Serialization;

namespace Winback.Campaigns;

/// <summary>campaign.json as written; <see cref="CampaignReader"/> checks it.</summary>
internal sealed record CampaignJson(
    string? Kind, bool? Enabled, int? Priority, AudienceJson? Audience, List<StepJson?>? Steps, WindowJson? Window, OfferJson? Offer,
    string? ReturnUrl, int? AttributionDays, string? WhenUncertain)
{
    public Dictionary<string, string>? News { get; init; }

    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }
}

internal sealed record AudienceJson(int? Months, int? MaxMonths, bool? IncludeSubscribers, bool? IncludeAutoRenewing);

internal sealed record StepJson(string? Id, int? AfterDays, int? DaysBefore);

internal sealed record WindowJson(List<string>? Days, string? From, string? To);

internal sealed record OfferJson(Dictionary<string, string>? Text, List<string>? Evenings, int? ValidDays);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(CampaignJson))]
internal sealed partial class CampaignJsonContext : JsonSerializerContext;
