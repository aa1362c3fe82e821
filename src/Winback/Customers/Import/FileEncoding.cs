using System.Text;

namespace Winback.Customers.Import;

/// <summary>Tells from the whole file how its bytes are text. UTF-8 unless it is not valid UTF-8; then windows-1252, as older exports are.</summary>
public static class FileEncoding
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the stream to its end.</summary>
    /// <exception cref="ImportException">It is no text at all.</exception>
    public static Encoding Detect(Stream stream, string fileName)
    {
        var bytes = new byte[64 * 1024];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var start = bytes.AsSpan(0, read);
        if (start.StartsWith("PK\u0003\u0004"u8))
            throw new ImportException($"{fileName} is an Excel workbook or another zip file. Open it and save it as CSV (UTF-8).");
        if (start.StartsWith<byte>([0xFF, 0xFE])) return Encoding.Unicode;
        if (start.StartsWith<byte>([0xFE, 0xFF])) return Encoding.BigEndianUnicode;

        var (chars, decoder, isUtf8) = (new char[bytes.Length + 1], StrictUtf8.GetDecoder(), true);
        while (true)
        {
            if (bytes.AsSpan(0, read).Contains((byte)0))
                throw new ImportException($"{fileName} is not a text file. Open it in the program it comes from and save it as CSV (UTF-8).");
            isUtf8 = isUtf8 && IsValid(decoder, bytes.AsSpan(0, read), chars);
            if (read == 0) break;
            read = stream.Read(bytes);
        }
        return isUtf8 ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
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
}
