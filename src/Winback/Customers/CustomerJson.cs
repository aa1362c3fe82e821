using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Winback.Customers;

/// <summary>The columns of a customer row that hold more than one value.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Enrolment))]
[JsonSerializable(typeof(Subscription[]))]
[JsonSerializable(typeof(ImmutableDictionary<string, DateOnly>))]
[JsonSerializable(typeof(ImmutableDictionary<string, string>))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(SoftBounce[]))]
internal sealed partial class CustomerJson : JsonSerializerContext;
