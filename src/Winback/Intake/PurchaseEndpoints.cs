using System.Text.Json.Serialization;
using Winback.Customers;
using Winback.Customers.Import;
using Winback.Hosting;

namespace Winback.Intake;

/// <summary>A sale, told by the till or the web shop as it happens.</summary>
/// <param name="Customer">The customer number.</param>
/// <param name="Date">As in an import: 2026-11-23, or with a time and offset 2026-11-23T19:30:00+01:00. A time without offset is local to the owner.</param>
/// <param name="Amount">In the owner's currency, two decimals; negative for a refund.</param>
/// <param name="Order">The order number. Required: it is what makes a repeated call change nothing.</param>
/// <param name="Product">Optional.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PurchaseRequest(string? Customer, string? Date, decimal? Amount, string? Order, string? Product);

/// <param name="Result">added, unchanged (it was there already) or parked (waits for its customer to be imported).</param>
public sealed record PurchaseResponse(string Result);

/// <summary><c>POST /api/purchases</c>, with an API key.</summary>
public static class PurchaseEndpoints
{
    public static void MapPurchases(this IEndpointRouteBuilder app) => app.MapPost("/api/purchases", Post).RequireApiKey();

    private static async Task<IResult> Post(PurchaseRequest request, CustomerBook book, OwnerClock clock, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        if (!CustomerId.TryParse(request.Customer, out var customer, out var problem)) errors["customer"] = [problem];
        if (!DateText.TryParse(request.Date, clock.Zone, out var day, out var at, out problem)) errors["date"] = [problem];
        if (request.Amount is not { } amount || Math.Abs(amount) > 1_000_000_000m) errors["amount"] = ["must be a number, at most a billion"];
        if (string.IsNullOrWhiteSpace(request.Order)) errors["order"] = ["is missing; it makes a repeated call harmless"];
        else if (request.Order.Length > RowReader.MaxTextLength) errors["order"] = [$"at most {RowReader.MaxTextLength} characters"];
        if (request.Product?.Length > RowReader.MaxTextLength) errors["product"] = [$"at most {RowReader.MaxTextLength} characters"];
        if (errors.Count > 0) return Results.ValidationProblem(errors);

        var purchase = new Purchase(
            customer, day, at, Money.FromAmount(request.Amount!.Value), request.Order!.Trim(), string.IsNullOrWhiteSpace(request.Product) ? null : request.Product.Trim(), 0);
        var outcome = (await book.AddPurchasesAsync(customer, [purchase], cancel))[0];
        return outcome == RowOutcome.Unchanged
            ? Results.Json(new PurchaseResponse("unchanged"), IntakeJson.Default.PurchaseResponse)
            : Results.Json(new PurchaseResponse(outcome == RowOutcome.Parked ? "parked" : "added"), IntakeJson.Default.PurchaseResponse, statusCode: StatusCodes.Status202Accepted);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PurchaseRequest))]
[JsonSerializable(typeof(PurchaseResponse))]
internal sealed partial class IntakeJson : JsonSerializerContext;
