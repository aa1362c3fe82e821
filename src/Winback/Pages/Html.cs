using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Winback.Pages;

/// <summary>A piece of a page. Whatever is put into one as <c>Html.Of($"...{value}...")</c> is shown literally, unless it is such a piece itself.</summary>
public readonly record struct Html(string? Text)
{
    public static Html None => new("");

    public static Html Of(HtmlWriter text) => new(text.ToString());

    public static Html Of(IEnumerable<Html> pieces) => new(string.Concat(pieces));

    public override string ToString() => Text ?? "";
}

/// <summary>What the compiler makes of the text between <c>$"</c> and <c>"</c>.</summary>
[InterpolatedStringHandler]
public readonly ref struct HtmlWriter(int literalLength, int formattedCount)
{
    private readonly StringBuilder _text = new(literalLength + (formattedCount * 32));

    public void AppendLiteral(string text) => _text.Append(text);

    public void AppendFormatted(Html piece) => _text.Append(piece.Text);

    public void AppendFormatted<T>(T value) => _text.Append(WebUtility.HtmlEncode(value?.ToString()));

    public void AppendFormatted<T>(T value, string format) where T : IFormattable => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

    public override string ToString() => _text.ToString();
}
