using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Winback.Campaigns;
using Winback.Tests.Campaigns.Rendering;

namespace Winback.Tests.Campaigns;

/// <summary>campaigns/campaign.schema.json is written from the types that campaign.json is read into. UPDATE_DOCS=1 writes it anew.</summary>
public sealed class CampaignSchemaTests
{
    private static readonly string File = Path.Combine(SampleMails.Campaigns, "campaign.schema.json");
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void The_schema_says_what_the_app_reads()
    {
        var schema = Schema().ToJsonString(Readable) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1") System.IO.File.WriteAllText(File, schema);
        Assert.True(System.IO.File.Exists(File) && System.IO.File.ReadAllText(File) == schema, $"{File} is not up to date; run this test once with UPDATE_DOCS=1 in the environment.");
    }

    [Fact]
    public void Every_field_is_described() =>
        Assert.DoesNotContain(Fields(Schema()), f => f.Value!["description"] is null);

    [Fact]
    public void Every_campaign_that_ships_names_the_schema() =>
        Assert.All(
            Directory.EnumerateFiles(SampleMails.Campaigns, "campaign.json", SearchOption.AllDirectories),
            f => Assert.Equal("../campaign.schema.json", (string?)JsonNode.Parse(System.IO.File.ReadAllText(f))!["$schema"]));

    public static TheoryData<string, string, int, int> Bounds => new()
    {
        { "audience.months", """{"kind":"inactive","audience":{"months":#,"maxMonths":600},"steps":[{"id":"a"}]}""", 1, 120 },
        { "audience.maxMonths", """{"kind":"inactive","audience":{"months":1,"maxMonths":#},"steps":[{"id":"a"}]}""", 1, 600 },
        { "attributionDays", """{"kind":"inactive","audience":{"months":6},"attributionDays":#,"steps":[{"id":"a"}]}""", 1, 365 },
        { "steps.afterDays", """{"kind":"inactive","audience":{"months":6},"steps":[{"id":"a"},{"id":"b","afterDays":#}]}""", 5, 365 },
        { "steps.daysBefore", """{"kind":"renewal","steps":[{"id":"a","daysBefore":#}]}""", 1, 365 },
        { "offer.validDays", """{"kind":"inactive","audience":{"months":6},"steps":[{"id":"a"}],"offer":{"text":{"nl":"x","en":"x"},"validDays":#}}""", 1, 365 },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Its_bounds_are_those_of_the_reader(string field, string json, int min, int max)
    {
        var node = Fields(Schema()).Single(f => f.Key == field).Value!;
        Assert.Equal((min, max), ((int)node["minimum"]!, (int)node["maximum"]!));
        foreach (var (value, isRead) in new[] { (min - 1, false), (min, true), (max, true), (max + 1, false) })
        {
            var text = json.Replace("#", value.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
            var thrown = Record.Exception(() => new CampaignReader("campaign.json").Read("test", "v1", text, null));
            Assert.Equal(isRead, thrown is null);
        }
    }

    private static JsonObject Schema()
    {
        var schema = CampaignJsonContext.Default.CampaignJson.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe }).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "A Winback campaign");
        return schema;
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema) return node;
        // A field may be left out; null is not a way to write that.
        if (schema["type"] is JsonArray types) schema["type"] = types.Select(t => (string)t!).First(t => t != "null");
        var required = context.TypeInfo.Properties.Where(p => p.AttributeProvider?.IsDefined(typeof(RequiredAttribute), true) == true).Select(p => JsonValue.Create(p.Name)).ToArray<JsonNode>();
        schema.Remove("required"); // the constructor's parameters
        if (required.Length > 0) schema["required"] = new JsonArray(required);
        var target = schema["items"] as JsonObject ?? schema;
        foreach (var attribute in context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(true) ?? [])
        {
            switch (attribute)
            {
                case DescriptionAttribute d: schema["description"] = d.Description; break;
                case RangeAttribute r: (schema["minimum"], schema["maximum"]) = ((int)r.Minimum, (int)r.Maximum); break;
                case MinLengthAttribute m: schema["minItems"] = m.Length; break;
                case RegularExpressionAttribute p: schema["pattern"] = p.Pattern; break;
                case AllowedValuesAttribute v: target["enum"] = new JsonArray([.. v.Values.Select(x => (JsonNode)(string)x!)]); break;
                default: break;
            }
        }
        return schema;
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Fields(JsonObject schema, string prefix = "")
    {
        foreach (var (name, node) in schema["properties"]?.AsObject() ?? [])
        {
            yield return KeyValuePair.Create(prefix + name, node);
            foreach (var inner in Fields((node!["items"] ?? node).AsObject(), $"{prefix}{name}.")) yield return inner;
        }
    }
}
