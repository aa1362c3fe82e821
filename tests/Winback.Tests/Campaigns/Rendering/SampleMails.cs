using Winback.Campaigns;
using Winback.Campaigns.Rendering;

namespace Winback.Tests.Campaigns.Rendering;

/// <summary>The repository's own mails and layout, and two customers to write to.</summary>
internal static class SampleMails
{
    public static readonly string Repository = FindRepository();

    public static readonly string Campaigns = Path.Combine(Repository, "campaigns");

    private static readonly Uri Unsubscribe = new("https://post.delinde.example/u/Zm9v.YmFy?c=restaurant&s=1");

    public static readonly MailPages Pages = new(
        new("https://post.delinde.example/api/reason/Kx7_pQ-2"), new("https://post.delinde.example/api/return/Kx7_pQ-3"),
        new("https://post.delinde.example/api/call/Kx7_pQ-4"), new("https://post.delinde.example/api/preferences/Kx7_pQ-5"));

    public static readonly MailModel Restaurant = new(
        MessageClass.Marketing,
        new MailCustomer("Sanne", "Sanne de Vries"),
        new MailBusiness("Eetkamer De Linde", "Lindelaan 12\n3581 AB Utrecht", new Uri("https://delinde.example/"), "030 123 45 67"),
        AwayMonths: 7,
        new MailOffer("een driegangenmenu voor € 29,50", [DayOfWeek.Wednesday, DayOfWeek.Tuesday], "LINDE-7K2P", new DateOnly(2027, 1, 31)),
        Subscription: null,
        new MailLinks(
            Unsubscribe, Pages, new Uri("https://post.delinde.example/r/aGFsbG8_d29ybGQ.x-y_z*1?a=1&b=(2)"), new Uri("https://post.delinde.example/api/r/SANNE4F"), "SANNE-4F"))
    {
        LastVisit = new DateOnly(2026, 5, 14),
        Visits = 12,
        News = "Joris is onze nieuwe chef, en in de tuin staan vier tafels meer.",
    };

    public static readonly MailModel Gym = new(
        MessageClass.Service,
        new MailCustomer("Sanne", "Sanne de Vries"),
        new MailBusiness("Sportzaal Noord", "Kade 3, 9711 AA Groningen", null, "050 123 45 67") { Colours = new(Colour.Parse("#b3431e")) },
        AwayMonths: 0,
        Offer: null,
        new MailSubscription("Onbeperkt sporten", new DateOnly(2027, 1, 5), 30),
        new MailLinks(Unsubscribe, Pages, new Uri("https://post.noord.example/verleng/abc_def"), null, null));

    public static MailRenderer Renderer { get; } = new(MailLayout.Parse("layout.html", File.ReadAllText(Path.Combine(Campaigns, "layout.html"))));

    public static MailPartials Partials(string language) => new(
        Directory.EnumerateFiles(Path.Combine(Campaigns, "partials")).Select(file => MailPartial.Parse(file, File.ReadAllText(file))), language);

    public static MailTemplate Template(string body, string subject = "Dag") =>
        MailTemplate.Parse("test.nl.md", $"---\nsubject: '{subject.Replace("'", "''", StringComparison.Ordinal)}'\npreheader: Vooraf\n---\n\n{body}\n");

    public static RenderedMail Render(string body, MailModel? model = null, string subject = "Dag") =>
        Renderer.Render(Template(body, subject), model ?? Restaurant, MailLanguage.Dutch);

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Winback.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("No folder above the tests has Winback.slnx; run them inside the repository.");
    }
}
