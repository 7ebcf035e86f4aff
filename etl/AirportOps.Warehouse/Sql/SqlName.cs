using System.Text;

namespace AirportOps.Warehouse.Sql;

/// <summary>Names as SQL takes them. Everything that is not spelt out in our own SQL goes through here.</summary>
internal static class SqlName
{
    /// <summary>What PostgreSQL keeps of a name, bytes of UTF-8; it cuts off the rest without an error. Redshift keeps 127.</summary>
    private const int MaxBytes = 63;

    /// <summary>A name in double quotes, those inside doubled.</summary>
    /// <exception cref="ArgumentException">It is empty, has a zero character or more than 63 bytes.</exception>
    internal static string Quote(string name) => name.Length == 0 || name.Contains('\0', StringComparison.Ordinal) || Encoding.UTF8.GetByteCount(name) > MaxBytes
        ? throw new ArgumentException($"'{name.Replace("\0", "\\0", StringComparison.Ordinal)}' can't name anything: a name has 1 to {MaxBytes} bytes and no zero.", nameof(name))
        : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A table's name, <c>schema.table</c>, each part quoted.</summary>
    /// <exception cref="ArgumentException">It has not exactly two parts, or one can't be a name.</exception>
    internal static string QuoteTable(string table) => table.Split('.') is [var schema, var name]
        ? $"{Quote(schema)}.{Quote(name)}"
        : throw new ArgumentException($"'{table}' is no schema.table.", nameof(table));
}
