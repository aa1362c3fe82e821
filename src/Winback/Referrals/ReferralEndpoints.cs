using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Winback.Customers;
using Winback.Outreach;

namespace Winback.Referrals;

/// <summary>A friend who mentions a customer's code.</summary>
/// <param name="Code">The customer's code, as it stands in his mail. Required.</param>
/// <param name="Name">The friend's name.</param>
/// <param name="Email">The friend's address; this or a telephone number is required. Nothing is sent to it by itself.</param>
/// <param name="Phone">The friend's telephone number.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReferralRequest(string? Code, string? Name, string? Email, string? Phone);

/// <param name="Result">recorded, or unchanged when this friend was referred under this code before.</param>
public sealed record ReferralResponse(string Result);

/// <summary>Somebody a customer sent to us.</summary>
/// <param name="Id">The same for the same friend under the same code.</param>
public sealed record Referral(string Id, CustomerId Referrer, string? Name, string Contact, DateTimeOffset ReceivedAt);

public interface IReferralStore
{
    /// <returns>False when it is there already.</returns>
    Task<bool> TryAddAsync(Referral referral, CancellationToken cancel);

    Task<int> CountAsync(CancellationToken cancel);
}

/// <summary><c>POST /api/referrals</c>: records a referral under a customer's code. Knowing the code is what grants it.</summary>
public static class ReferralEndpoints
{
    private const int MaxLength = 200;

    public static void MapReferrals(this IEndpointRouteBuilder app) => app.MapPost("/api/referrals", Post);

    private static async Task<IResult> Post(ReferralRequest request, ICodeStore codes, IReferralStore referrals, TimeProvider time, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        var code = request.Code?.Trim() ?? "";
        if (code.Length is < 2 or > 32 || !code.All(char.IsAsciiLetterOrDigit)) errors["code"] = ["is missing or malformed; it stands in the mail"];
        var contact = Contact(request, errors);
        if (request.Name?.Length > MaxLength) errors["name"] = [$"at most {MaxLength} characters"];
        if (errors.Count > 0) return Results.ValidationProblem(errors);
        if (await codes.FindAsync(CodeKind.Referral, code, cancel) is not { } owner) return Results.Problem("Nobody has this code.", statusCode: 404);

        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(contact)))[..24];
        var isNew = await referrals.TryAddAsync(new Referral(id, owner.Customer, request.Name?.Trim(), contact, time.GetUtcNow()), cancel);
        return Results.Json(
            new ReferralResponse(isNew ? "recorded" : "unchanged"), ReferralJson.Default.ReferralResponse,
            statusCode: isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static string Contact(ReferralRequest request, Dictionary<string, string[]> errors)
    {
        if (!string.IsNullOrWhiteSpace(request.Email))
        {
            if (EmailAddress.TryParse(request.Email, out var address, out var problem)) return address.Value;
            errors["email"] = [problem];
            return "";
        }
        var phone = request.Phone?.Trim() ?? "";
        if (phone.Length == 0) errors["email"] = ["an address or a telephone number is required"];
        else if (phone.Length > 30 || phone.Count(char.IsAsciiDigit) < 6) errors["phone"] = ["is not a telephone number"];
        return phone;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReferralRequest))]
[JsonSerializable(typeof(ReferralResponse))]
internal sealed partial class ReferralJson : JsonSerializerContext;
