namespace Winback.Customers.Import;

/// <summary>What stands between the cells of a text file. Space: one or more, as where columns are padded; nothing is quoted there.</summary>
public enum FieldSeparator { Comma, Semicolon, Tab, Pipe, Space }

internal static class FieldSeparators
{
    private const string Chars = ",;\t| ";

    public static char CharOf(FieldSeparator separator) => Chars[(int)separator];

    public static FieldSeparator? Of(char separator) => Chars.IndexOf(separator, StringComparison.Ordinal) is >= 0 and var i ? (FieldSeparator)i : null;
}
