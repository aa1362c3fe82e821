using System.Buffers;
using System.Text;

namespace Winback.Customers.Import;

/// <summary>
/// Tells from the whole file how its bytes are text. UTF-8 unless it is not valid UTF-8; then windows-1252, as older exports are, or what
/// Excel calls MS-DOS where more of the letters with accents make sense in that.
/// </summary>
public static class FileEncoding
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // é ë è ê ü ä ï î ç in MS-DOS. In windows-1252 none of these follows a letter: ‚ ‰ Š ˆ „ ‹ Œ ‡ and one that is nothing.
    private static readonly SearchValues<byte> DosLetters = SearchValues.Create(0x81, 0x82, 0x84, 0x87, 0x88, 0x89, 0x8A, 0x8B, 0x8C);

    /// <summary>Reads the stream to its end.</summary>
    /// <exception cref="ImportException">It is no text at all.</exception>
    public static Encoding Detect(Stream stream, string fileName)
    {
        var bytes = new byte[64 * 1024];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var start = bytes.AsSpan(0, read);
        if (start.StartsWith<byte>([0xFF, 0xFE])) return Encoding.Unicode;
        if (start.StartsWith<byte>([0xFE, 0xFF])) return Encoding.BigEndianUnicode;

        var (chars, decoder, isUtf8) = (new char[bytes.Length + 1], StrictUtf8.GetDecoder(), true);
        long dos = 0, windows = 0;
        while (true)
        {
            var part = bytes.AsSpan(0, read);
            if (part.Contains((byte)0))
                throw new ImportException($"{fileName} is not a text file. Open it in the program it comes from and save it as CSV (UTF-8).");
            isUtf8 = isUtf8 && IsValid(decoder, part, chars);
            if (read == 0) break;
            Count(part, ref dos, ref windows);
            read = stream.Read(bytes);
        }
        return isUtf8 ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(dos > windows ? 858 : 1252)!;
    }

    /// <param name="name">As --encoding has it.</param>
    /// <exception cref="ImportException">There is no such encoding.</exception>
    public static Encoding Named(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException e)
        {
            throw new ImportException($"--encoding: there is no encoding \"{name}\". Usual ones are utf-8, windows-1252, ibm850, utf-16 and macintosh.", e);
        }
    }

    // No bytes mean the end, where half a character is an error too.
    private static bool IsValid(Decoder decoder, ReadOnlySpan<byte> bytes, char[] chars)
    {
        try
        {
            decoder.GetChars(bytes, chars, flush: bytes.IsEmpty);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static void Count(ReadOnlySpan<byte> bytes, ref long dos, ref long windows)
    {
        for (var i = 1; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80 || !char.IsAsciiLetter((char)bytes[i - 1])) continue;
            if (bytes[i] >= 0xC0) windows++;
            else if (DosLetters.Contains(bytes[i])) dos++;
        }
    }
}
