using Winback.Cli.Local;

namespace Winback.Cli.Demo;

/// <summary>The owner of the sample base.</summary>
public static class DemoSettings
{
    public const string ApiKey = "demo-key-of-the-till";

    /// <summary>For the example in requests/winback.http, which nobody can sign another one like.</summary>
    public const string EventKey = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEwwFOzGH2LOL43XShFlKjADcGx+8zLT6CZ791dN2DnlSQnU8SP5lCZGUX2h5w2KyF75kY1jRUv9gd6w/GX2KKig==";

    /// <summary>New secrets every time; send windows are open, so that something happens at any hour.</summary>
    public static Dictionary<string, string> Create() => new()
    {
        ["Business__Name"] = "Eetcafé De Linde",
        ["Business__PostalAddress"] = "Lindelaan 12, 3581 AB Utrecht",
        ["Business__Website"] = "https://eetcafe-de-linde.example",
        ["Business__Phone"] = "030 123 45 67",
        ["Mail__From"] = "hallo@eetcafe-de-linde.example",
        ["Mail__ReplyDomain"] = "antwoord.eetcafe-de-linde.example",
        ["Engine__IgnoreSendWindows"] = "true",
        ["Secrets__LinkKeys__0"] = LocalStack.NewSecret(),
        ["Secrets__MailboxKey"] = LocalStack.NewSecret(),
        ["Replies__InboundSecrets__0"] = "demo-inbound-secret",
        ["MailEvents__PublicKeys__0"] = EventKey,
        ["Api__Keys__till"] = Hosting.ApiKeys.Hash(ApiKey),
        ["Referrals__ReferrerReward"] = "10",
        ["Referrals__FriendReward"] = "10",
    };
}
