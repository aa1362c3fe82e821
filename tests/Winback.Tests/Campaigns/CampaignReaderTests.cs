using Winback.Campaigns;

namespace Winback.Tests.Campaigns;

/// <summary>What an owner may write in campaign.json, and what he is told when it is wrong.</summary>
public sealed class CampaignReaderTests
{
    private const string FileName = "campaigns/test/campaign.json";

    private const string Smallest = """{ "kind": "inactive", "audience": { "months": 6 }, "steps": [{ "id": "hello" }] }""";

    [Fact]
    public void The_smallest_campaign_has_the_documented_defaults()
    {
        var campaign = Read(Smallest);
        Assert.Equal((true, 0, 60, false), (campaign.Enabled, campaign.Priority, campaign.AttributionDays, campaign.SendAgainWhenUncertain));
        Assert.Equal(new InactiveAudience(6, 36, false), campaign.Audience);
        Assert.Equal([new Step("hello", 0)], campaign.Steps);
        Assert.Equal((SendWindow.Always, null, null), (campaign.Window, campaign.Offer, campaign.ReturnUrl));
        Assert.Null(campaign.News);
        Assert.Equal(("test", "v1", MessageClass.Marketing), (campaign.Id, campaign.Version, campaign.Class));
    }

    [Fact]
    public void Everything_can_be_written()
    {
        var campaign = Read("""
            {
              "$schema": "../campaign.schema.json", // comments and a last comma are fine
              "kind": "inactive", "enabled": false, "priority": 10,
              "audience": { "months": 12, "maxMonths": 24, "includeSubscribers": true },
              "steps": [{ "id": "one" }, { "id": "two", "channel": "phone", "afterDays": 14 }, { "id": "three", "channel": "mail" }],
              "window": { "days": ["Tuesday", "friday"], "from": "10:00", "to": "17:30" },
              "offer": { "text": { "nl": "koffie", "en": "coffee" }, "evenings": ["monday"], "validDays": 25 },
              "news": { "nl": "Een terras.", "en": "A terrace." },
              "returnUrl": "https://a.example/terug", "attributionDays": 30, "whenUncertain": "leave",
            }
            """);
        Assert.Equal((false, 10, 30, "https://a.example/terug"), (campaign.Enabled, campaign.Priority, campaign.AttributionDays, campaign.ReturnUrl));
        Assert.Equal(new InactiveAudience(12, 24, true), campaign.Audience);
        Assert.Equal([new Step("one", 0), new Step("two", 14, Channel.Phone), new Step("three", 10)], campaign.Steps);
        Assert.Equal(("Tuesday,Friday", new TimeOnly(10, 0), new TimeOnly(17, 30)), (string.Join(',', campaign.Window.Days), campaign.Window.From, campaign.Window.To));
        Assert.Equal(("Een terras.", "A terrace."), (campaign.News!["nl"], campaign.News["en"]));
        Assert.Equal(("koffie", "coffee", DayOfWeek.Monday, 25), (campaign.Offer!.Text["nl"], campaign.Offer.Text["en"], campaign.Offer.Evenings.Single(), campaign.Offer.ValidDays));
    }

    [Fact]
    public void A_renewal_campaign_counts_down()
    {
        var campaign = Read("""
            { "kind": "renewal", "audience": { "includeAutoRenewing": true }, "whenUncertain": "send-again-once",
              "steps": [{ "id": "a", "daysBefore": 30 }, { "id": "b", "daysBefore": 1 }] }
            """);
        Assert.Equal((new RenewalAudience(true), MessageClass.Service, true), (campaign.Audience, campaign.Class, campaign.SendAgainWhenUncertain));
        Assert.Equal([new Step("a", 30), new Step("b", 1)], campaign.Steps);
    }

    [Theory]
    [InlineData("https://shop.example/", "https://shop.example/")]
    [InlineData("", null)] // an empty setting is none
    [InlineData(null, null)]
    public void Without_a_return_url_the_owners_web_site_is_it(string? website, string? expected) =>
        Assert.Equal(expected, new CampaignReader(FileName).Read("test", "v1", Smallest, website).ReturnUrl);

    [Theory]
    [InlineData("""{ "audience": {}, "steps": [] }""", "kind is missing: write \"inactive\" or \"renewal\".")]
    [InlineData("""{ "kind": "lapsed" }""", "kind is \"lapsed\": write \"inactive\" or \"renewal\".")]
    [InlineData("""{ "kind": "inactive" }""", "audience.months is missing: after how many months")]
    [InlineData("""{ "kind": "inactive", "audience": { "months": 0 } }""", "audience.months 0 is out of range: 1 to 120.")]
    [InlineData("""{ "kind": "inactive", "audience": { "months": 121 } }""", "audience.months 121 is out of range: 1 to 120.")]
    [InlineData("""{ "kind": "inactive", "audience": { "months": 6, "maxMonths": 5 } }""", "audience.maxMonths 5 is out of range: 6 to 600.")]
    [InlineData("""{ "kind": "inactive", "audience": { "months": 40 } }""", "audience.maxMonths 36 is out of range: 40 to 600.")] // the default is too low
    [InlineData("""{ "kind": "inactive", "audience": { "months": 6, "includeAutoRenewing": true } }""", "audience.includeAutoRenewing belongs to a renewal campaign; remove it.")]
    [InlineData("""{ "kind": "renewal", "audience": { "months": 6 } }""", "audience months, maxMonths and includeSubscribers belong to an inactive campaign; remove them.")]
    [InlineData("""{ "kind": "renewal", "audience": { "includeSubscribers": false } }""", "belong to an inactive campaign; remove them.")]
    [InlineData("""{ "kind": "inactive", "steps": [] }""", "steps is missing or empty: a campaign needs at least one step.")]
    [InlineData("""{ "kind": "inactive", "steps": [null] }""", "steps[0].id is missing or odd: use 1 to 50 of a-z, 0-9 and -.")]
    [InlineData("""{ "kind": "inactive", "steps": [{}] }""", "steps[0].id is missing or odd: use 1 to 50 of a-z, 0-9 and -.")]
    [InlineData("""{ "kind": "inactive", "steps": [{ "id": "../x" }] }""", "steps[0].id is missing or odd")] // it names a file
    [InlineData("""{ "kind": "inactive", "steps": [{ "id": "a" }, { "id": "a" }] }""", "steps[1].id \"a\" is used twice.")]
    [InlineData("""{ "kind": "inactive", "steps": [{ "id": "a", "afterDays": 3 }] }""", "steps[0].afterDays the first step goes at once; remove it.")]
    [InlineData("""{ "kind": "inactive", "steps": [{ "id": "a" }, { "id": "b", "afterDays": 4 }] }""", "steps[1].afterDays 4 is out of range: 5 to 365.")]
    [InlineData("""{ "kind": "inactive", "steps": [{ "id": "a", "daysBefore": 4 }] }""", "steps[0].daysBefore belongs to a renewal campaign; a follow-up has afterDays.")]
    [InlineData("""{ "kind": "inactive", "audience": { "months": 6 }, "steps": [{ "id": "a", "channel": "Phone" }] }""", "steps[0].channel is \"Phone\": write \"mail\" or \"phone\".")]
    [InlineData("""{ "kind": "renewal", "steps": [{ "id": "a", "afterDays": 4 }] }""", "steps[0].afterDays belongs to an inactive campaign; a renewal step has daysBefore.")]
    [InlineData("""{ "kind": "renewal", "steps": [{ "id": "a" }] }""", "steps[0].daysBefore is missing: how many days before the renewal date?")]
    [InlineData("""{ "kind": "renewal", "steps": [{ "id": "a", "daysBefore": 0 }] }""", "steps[0].daysBefore 0 is out of range: 1 to 365.")]
    [InlineData("""{ "kind": "renewal", "steps": [{ "id": "a", "daysBefore": 7 }, { "id": "b", "daysBefore": 7 }] }""", "steps[1].daysBefore 7 is not less than the 7 of the step before; order them 30, 7, 1.")]
    [InlineData("""{ "kind": "inactive", "window": { "from": "17:00", "to": "10:00" } }""", "window \"from\" must be before \"to\".")]
    [InlineData("""{ "kind": "inactive", "window": { "from": "9:00" } }""", "window.from \"9:00\" is not a time: write for instance 09:00.")]
    [InlineData("""{ "kind": "inactive", "window": { "to": "24:00" } }""", "window.to \"24:00\" is not a time")]
    [InlineData("""{ "kind": "inactive", "window": { "days": ["dinsdag"] } }""", "window.days \"dinsdag\" is not a day: write monday, tuesday, ... sunday.")]
    [InlineData("""{ "kind": "inactive", "window": { "days": ["2"] } }""", "window.days \"2\" is not a day")]
    [InlineData("""{ "kind": "inactive", "window": { "days": [] } }""", "window.days is empty, so nothing would ever be sent; name a day, or remove it.")]
    [InlineData("""{ "kind": "inactive", "offer": { "text": { "nl": "koffie" } } }""", "offer.text.en is missing: what does the customer get?")]
    [InlineData("""{ "kind": "inactive", "news": { "nl": "Een terras.", "en": " " } }""", "news.en is missing: what is new?")]
    [InlineData("""{ "kind": "inactive", "offer": {} }""", "offer.text.nl is missing: what does the customer get?")]
    [InlineData("""{ "kind": "inactive", "offer": { "text": { "nl": "a", "en": "b", "de": "c" } } }""", "offer.text.de only nl and en are known; remove it.")]
    [InlineData("""{ "kind": "inactive", "offer": { "evenings": ["vrijdag"] } }""", "offer.evenings \"vrijdag\" is not a day")]
    [InlineData("""{ "kind": "inactive", "offer": { "validDays": 0 } }""", "offer.validDays 0 is out of range: 1 to 365.")]
    [InlineData("""{ "kind": "inactive", "audience": { "months": 6 }, "steps": [{ "id": "a" }, { "id": "b", "afterDays": 20 }], "offer": { "text": { "nl": "x", "en": "x" }, "validDays": 20 } }""", "offer.validDays 20 is over before the last step, which comes after 20 days or later; make it longer.")]
    [InlineData("""{ "kind": "inactive", "window": { "days": ["monday, tuesday"] } }""", "window.days \"monday, tuesday\" is not a day: write monday, tuesday, ... sunday.")]
    [InlineData("""{ "kind": "inactive", "returnUrl": "shop.example" }""", "returnUrl is not a web address; write it whole, with https://.")]
    [InlineData("""{ "kind": "inactive", "returnUrl": "javascript:alert(1)" }""", "returnUrl is not a web address")]
    [InlineData("""{ "kind": "inactive", "attributionDays": 366 }""", "attributionDays 366 is out of range: 1 to 365.")]
    [InlineData("""{ "kind": "inactive", "whenUncertain": "send-again-once" }""", "whenUncertain only a renewal campaign may send again; write \"leave\".")]
    [InlineData("""{ "kind": "inactive", "whenUncertain": "retry" }""", "whenUncertain is \"retry\": write \"leave\" or \"send-again-once\".")]
    public void A_wrong_value_is_told_with_file_place_and_remedy(string json, string expected) =>
        Assert.Contains(Problems(json), p => p.StartsWith($"{FileName}: ", StringComparison.Ordinal) && p.Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("{ \"kind\": \"inactive\",\n  \"steps\": [ }", "(2,")] // a broken file is told by line and column
    [InlineData("{ \"kind\": \"inactive\",\n\n  \"prioriti\": 3 }", "(3,")] // a misspelt word
    [InlineData("{ \"priority\": \"high\" }", "(1,")] // another type
    [InlineData("", "(1,1)")]
    public void What_is_not_such_json_is_told_with_line_and_column(string json, string place)
    {
        var problem = Assert.Single(Problems(json));
        Assert.StartsWith(FileName + place, problem, StringComparison.Ordinal);
        Assert.EndsWith("Compare with a campaign that ships.", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "prioriti": 3 }""", "'prioriti' is not known here; look at its spelling, or remove it.")]
    [InlineData("""{ "priority": "high" }""", "priority has a value of the wrong kind.")]
    [InlineData("""{ "audience": { "months": "six" } }""", "audience.months has a value of the wrong kind.")]
    [InlineData("[]", "the file has a value of the wrong kind.")]
    public void It_is_told_in_the_words_of_the_file_not_of_the_code(string json, string words) =>
        Assert.Contains($": {words} ", Assert.Single(Problems(json)), StringComparison.Ordinal);

    [Fact]
    public void Null_is_no_campaign() =>
        Assert.Equal([$"{FileName}: is \"null\"; write a campaign, see the ones that ship as examples."], Problems("null"));

    [Fact]
    public void All_problems_are_told_at_once() =>
        Assert.Equal(
            [
                $"{FileName}: audience.months 0 is out of range: 1 to 120.",
                $"{FileName}: steps[0].id is missing or odd: use 1 to 50 of a-z, 0-9 and -.",
                $"{FileName}: steps[1].afterDays 1 is out of range: 5 to 365.",
                $"{FileName}: window.from \"noon\" is not a time: write for instance 09:00.",
                $"{FileName}: attributionDays -1 is out of range: 1 to 365.",
            ],
            Problems("""{ "kind": "inactive", "audience": { "months": 0 }, "steps": [{}, { "id": "b", "afterDays": 1 }], "window": { "from": "noon" }, "attributionDays": -1 }"""));

    [Theory]
    [InlineData("Restaurant")]
    [InlineData("slow evening")]
    [InlineData("-a")]
    [InlineData("123456789012345678901234567890123456789012345678901")]
    public void The_folders_name_is_an_id(string id)
    {
        var e = Assert.Throws<CampaignException>(() => new CampaignReader(FileName).Read(id, "v1", Smallest, null));
        Assert.Equal($"{FileName}: the folder name \"{id}\" is the campaign's id: use 1 to 50 of a-z, 0-9 and -.", e.Message);
    }

    private static Campaign Read(string json) => new CampaignReader(FileName).Read("test", "v1", json, null);

    private static string[] Problems(string json) => Assert.Throws<CampaignException>(() => Read(json)).Message.Split(Environment.NewLine);
}
