using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Winback.Campaigns;

// The descriptions and bounds are those of campaigns/campaign.schema.json, which editors read; a test holds it to them, and them to CampaignReader.

/// <summary>campaign.json as written; <see cref="CampaignReader"/> checks it.</summary>
internal sealed record CampaignJson(
    [property: Description("inactive: customers without a visit for some months. renewal: customers whose subscription is about to end."), AllowedValues("inactive", "renewal"), Required]
    string? Kind,
    [property: Description("Switched on. Default true.")]
    bool? Enabled,
    [property: Description("Who goes first when several campaigns are due for one customer: the higher. Default 0.")]
    int? Priority,
    [property: Description("Whom it is for.")]
    AudienceJson? Audience,
    [property: Description("The mails and calls, in the order in which they leave."), MinLength(1), Required]
    List<StepJson?>? Steps,
    [property: Description("When it may send, in your time zone. Default: always.")]
    WindowJson? Window,
    [property: Description("What the customer gets for coming back.")]
    OfferJson? Offer,
    [property: Description("Where the button in the mails leads. Default: the setting Business__Website.")]
    string? ReturnUrl,
    [property: Description("A purchase within so many days after the first contact is a win-back. Default 60."), Range(1, 365)]
    int? AttributionDays,
    [property: Description("What to do when it is not known whether a mail left: leave it, or, for a renewal, send it again once. Default leave."), AllowedValues("leave", "send-again-once")]
    string? WhenUncertain)
{
    [Description("What is new at your business, in both languages, nl and en: one or more sentences for {{news}}.")]
    public Dictionary<string, string>? News { get; init; }

    [JsonPropertyName("$schema"), Description("Lets an editor help: ../campaign.schema.json")]
    public string? Schema { get; init; }
}

internal sealed record AudienceJson(
    [property: Description("inactive, required there: lapsed after so many calendar months without a visit."), Range(1, 120)]
    int? Months,
    [property: Description("inactive: too long ago after so many calendar months. Default 36."), Range(1, 600)]
    int? MaxMonths,
    [property: Description("inactive: also customers with a running subscription. Default false.")]
    bool? IncludeSubscribers,
    [property: Description("renewal: also subscriptions that renew by themselves. Default false.")]
    bool? IncludeAutoRenewing);

internal sealed record StepJson(
    [property: Description("Name of the step and its texts: invitation is invitation.nl.md and invitation.en.md."), RegularExpression(CampaignReader.Id), Required]
    string? Id,
    [property: Description("inactive: days after the step before. Not for the first. Default 10."), Range(5, 365)]
    int? AfterDays,
    [property: Description("renewal, required there: days before the renewal date, fewer with every step."), Range(1, 365)]
    int? DaysBefore,
    [property: Description("mail, or phone: the step comes onto the call sheet, and its texts are what to say. Default mail."), AllowedValues("mail", "phone")]
    string? Channel);

internal sealed record WindowJson(
    [property: Description("Default: every day."), MinLength(1), AllowedValues("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")]
    List<string>? Days,
    [property: Description("For instance 09:00. Default 00:00."), RegularExpression("^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    string? From,
    [property: Description("For instance 17:00, later than from. Default: the end of the day."), RegularExpression("^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    string? To);

internal sealed record OfferJson(
    [property: Description("In both languages, nl and en, as it reads inside a sentence: a three-course menu for € 25."), Required]
    Dictionary<string, string>? Text,
    [property: Description("The days on which it is valid. Default: every day."), AllowedValues("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")]
    List<string>? Evenings,
    [property: Description("For how many days after the first mail, that day not counted. Default 30."), Range(1, 365)]
    int? ValidDays);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(CampaignJson))]
internal sealed partial class CampaignJsonContext : JsonSerializerContext;
