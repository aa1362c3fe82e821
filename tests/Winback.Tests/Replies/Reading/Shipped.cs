using Winback.Replies.Reading;

namespace Winback.Tests.Replies.Reading;

/// <summary>The reader with the lexicon that ships.</summary>
internal static class Shipped
{
    public static Lexicon Lexicon { get; } = Lexicon.Load(Lexicon.ShippedFolder);

    public static ReplyReader Reader { get; } = new(Lexicon);

    public static ReplyReading Read(string text, string subject = "Re: We missen u", string headers = "") => Reader.Read(new IncomingReply(subject, headers, text));
}
