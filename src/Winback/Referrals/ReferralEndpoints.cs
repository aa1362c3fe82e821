using System.Text.Json.Serialization;
using Winback.Campaigns;

namespace Winback.Referrals;

/// <summary>A friend who mentions a customer's code.</summary>
/// <param name="Code">The customer's code, as it stands in his mail. Required.</param>
/// <param name="Name">The friend's first name.</param>
/// <param name="Email">The friend's address; this or a telephone number is required. It gets one mail, which asks whether it was them.</param>
/// <param name="Phone">The friend's telephone number.</param>
/// <param name="AgreedTo">The text with which the friend agreed to mail from the owner; left out when they did not.</param>
/// <param name="Language">The language of that mail, nl or en; left out for the owner's.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReferralRequest(string? Code, string? Name, string? Email, string? Phone, string? AgreedTo, string? Language);

/// <param name="Result">recorded, or unchanged when this friend was referred under this code before.</param>
public sealed record ReferralResponse(string Result);

/// <summary><c>POST /api/referrals</c>: signs a friend up, from a form of the owner's own. Knowing the code is what grants it.</summary>
public static class ReferralEndpoints
{
    public static void MapReferrals(this IEndpointRouteBuilder app) => app.MapPost("/api/referrals", Post);

    private static async Task<IResult> Post(ReferralRequest request, SignUp signUp, CancellationToken cancel)
    {
        var form = new FriendForm(request.Name, request.Email, request.Phone);
        var errors = form.Problems.ToDictionary(p => p.Field, p => new[] { p.Problem });
        var code = request.Code?.Trim() ?? "";
        if (code.Length is < 2 or > 32 || !code.All(char.IsAsciiLetterOrDigit)) errors["code"] = ["is missing or malformed; it stands in the mail"];
        if (request.AgreedTo?.Length > FriendForm.MaxWording) errors["agreedTo"] = [$"at most {FriendForm.MaxWording} characters"];
        if (request.Language is { } language && !Languages.All.Contains(language)) errors["language"] = [$"one of {string.Join(", ", Languages.All)}"];
        if (errors.Count > 0) return Results.ValidationProblem(errors);

        var agreedTo = string.IsNullOrWhiteSpace(request.AgreedTo) ? null : request.AgreedTo.Trim();
        return await signUp.RecordAsync(code, form.ToFriend(agreedTo, request.Language), cancel) switch
        {
            SignUpResult.Recorded => Answer("recorded", StatusCodes.Status201Created),
            SignUpResult.Unchanged => Answer("unchanged", StatusCodes.Status200OK),
            SignUpResult.TooMany => Results.Problem("This code has been used too often.", statusCode: StatusCodes.Status429TooManyRequests),
            _ => Results.Problem("Nobody has this code.", statusCode: StatusCodes.Status404NotFound),
        };
    }

    private static IResult Answer(string result, int status) => Results.Json(new ReferralResponse(result), ReferralJson.Default.ReferralResponse, statusCode: status);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReferralRequest))]
[JsonSerializable(typeof(ReferralResponse))]
internal sealed partial class ReferralJson : JsonSerializerContext;
