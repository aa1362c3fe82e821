using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Winback.Cli.Backup;

/// <summary>Texts, true and false as they are; every other value under the name of its type: <c>{"int64":12}</c>.</summary>
internal sealed class CellConverter : JsonConverter<Cell>
{
    public override Cell Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String: return new Cell(reader.GetString()!);
            case JsonTokenType.True or JsonTokenType.False: return new Cell(reader.GetBoolean());
            case JsonTokenType.StartObject when reader.Read() && reader.TokenType == JsonTokenType.PropertyName:
                var type = reader.GetString();
                reader.Read();
                var cell = new Cell(ReadValue(type, ref reader));
                return reader.Read() && reader.TokenType == JsonTokenType.EndObject ? cell : throw new JsonException();
            default: throw new JsonException();
        }
    }

    public override void Write(Utf8JsonWriter writer, Cell value, JsonSerializerOptions options)
    {
        switch (value.Value)
        {
            case string text: writer.WriteStringValue(text); return;
            case bool flag: writer.WriteBooleanValue(flag); return;
        }
        writer.WriteStartObject();
        WriteTyped(writer, value.Value);
        writer.WriteEndObject();
    }

    private static void WriteTyped(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case int number: writer.WriteNumber("int32", number); break;
            case long number: writer.WriteNumber("int64", number); break;
            // As text: JSON has no word for infinity, nor for what is no number.
            case double number: writer.WriteString("double", number.ToString("R", CultureInfo.InvariantCulture)); break;
            case DateTimeOffset at: writer.WriteString("datetime", at.UtcDateTime); break;
            case Guid id: writer.WriteString("guid", id); break;
            case byte[] bytes: writer.WriteBase64String("binary", bytes); break;
            default: throw new NotSupportedException($"A table has no {value.GetType()}.");
        }
    }

    private static object ReadValue(string? type, ref Utf8JsonReader reader) => type switch
    {
        "int32" => reader.GetInt32(),
        "int64" => reader.GetInt64(),
        "double" => double.TryParse(reader.GetString(), CultureInfo.InvariantCulture, out var number) ? number : throw new JsonException(),
        "datetime" => reader.GetDateTimeOffset(),
        "guid" => reader.GetGuid(),
        "binary" => reader.GetBytesFromBase64(),
        _ => throw new JsonException(),
    };
}
