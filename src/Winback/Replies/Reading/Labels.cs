using System.Text.Json;
using System.Text.Json.Serialization;

namespace Winback.Replies.Reading;

/// <summary>The words of the enums as files, JSON and people write them: <c>out-of-sight</c>.</summary>
public static class Labels
{
    public static string Of<T>(T value) where T : struct, Enum => Words<T>.Of[value];

    public static bool TryParse<T>(string word, out T value) where T : struct, Enum => Words<T>.By.TryGetValue(word, out value);

    private static class Words<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Of = Enum.GetValues<T>().ToDictionary(v => v, v => JsonNamingPolicy.KebabCaseLower.ConvertName(v.ToString()));
        public static readonly Dictionary<string, T> By = Of.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    }
}

/// <summary>Writes and reads the words of <see cref="Labels"/>.</summary>
public sealed class LabelConverter<T> : JsonConverter<T> where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Labels.TryParse<T>(reader.GetString()!, out var value)
            ? value
            : throw new JsonException($"is no {typeof(T).Name}; write one of {string.Join(", ", Enum.GetValues<T>().Select(v => Labels.Of(v)))}");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Labels.Of(value));
}
