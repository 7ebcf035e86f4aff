using System.Numerics;
using System.Runtime.InteropServices;

namespace AirportOps.Parquet.Statistics;

/// <summary>Bounds of numbers.</summary>
internal static class FixedWidthStatistics
{
    internal static ColumnStatistics Of<T>(ReadOnlySpan<T> values, long nullCount)
        where T : unmanaged, INumber<T>
    {
        if (values.IsEmpty)
        {
            return new ColumnStatistics { NullCount = nullCount };
        }

        var (min, max) = Bounds(values);
        return new ColumnStatistics { NullCount = nullCount, Min = Bytes(min), Max = Bytes(max) };
    }

    /// <summary>
    /// Bounds of doubles by the rules of parquet.thrift, <c>ColumnOrder</c>: a zero bound is written as -0.0 below and +0.0 above. A chunk
    /// with a NaN gets no bounds: the format allows them, but readers differ in where NaN sorts (in PostgreSQL and DuckDB above all
    /// numbers) and would skip rows.
    /// </summary>
    internal static ColumnStatistics OfDoubles(ReadOnlySpan<double> values, long nullCount)
    {
        long nans = 0;
        foreach (var value in values)
        {
            nans += double.IsNaN(value) ? 1 : 0;
        }

        if (values.IsEmpty || nans > 0)
        {
            return new ColumnStatistics { NullCount = nullCount, NaNCount = nans };
        }

        var (min, max) = Bounds(values);
        return new ColumnStatistics
        {
            NullCount = nullCount,
            NaNCount = 0,
            Min = Bytes(min == 0 ? -0.0 : min),
            Max = Bytes(max == 0 ? 0.0 : max),
        };
    }

    internal static byte[] Bytes<T>(T value)
        where T : unmanaged
    {
        var bytes = new byte[Marshal.SizeOf<T>()];
        MemoryMarshal.Write(bytes, in value);
        return bytes;
    }

    private static (T Min, T Max) Bounds<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>
    {
        var min = values[0];
        var max = values[0];
        if (values.Length >= Vector<T>.Count)
        {
            var low = new Vector<T>(values);
            var high = low;
            while (values.Length >= Vector<T>.Count)
            {
                var next = new Vector<T>(values);
                low = Vector.Min(low, next);
                high = Vector.Max(high, next);
                values = values[Vector<T>.Count..];
            }

            for (var lane = 0; lane < Vector<T>.Count; lane++)
            {
                min = T.Min(min, low[lane]);
                max = T.Max(max, high[lane]);
            }
        }

        foreach (var value in values)
        {
            min = T.Min(min, value);
            max = T.Max(max, value);
        }

        return (min, max);
    }
}
