using System.Buffers.Binary;
using AirportOps.Parquet.Meta;

namespace AirportOps.Parquet.Tests.Support;

/// <summary>Looks into a footer field by field, apart from the reader under test.</summary>
internal static class FooterDump
{
    internal static ReadOnlySpan<byte> Footer(ReadOnlySpan<byte> file)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(file[^8..]);
        return file[^(8 + length)..^8];
    }

    /// <summary>The bytes fields, in hexadecimal, of each column chunk's <c>Statistics</c>, in file order.</summary>
    internal static List<List<(int Field, string Hex)>> Statistics(ReadOnlySpan<byte> file)
    {
        var found = new List<List<(int, string)>>();
        var thrift = new ThriftCompactReader(Footer(file), 0);
        Struct(ref thrift, [4, 1, 3, 12], found);
        return found;
    }

    /// <summary>The integers at a path of fields, through every element of lists, in file order.</summary>
    internal static List<long> Integers(ReadOnlySpan<byte> file, ReadOnlySpan<int> path)
    {
        var found = new List<long>();
        var thrift = new ThriftCompactReader(Footer(file), 0);
        Integers(ref thrift, ThriftType.Struct, path, found);
        return found;
    }

    private static void Integers(scoped ref ThriftCompactReader thrift, ThriftType type, ReadOnlySpan<int> path, List<long> found)
    {
        switch (type)
        {
            case ThriftType.Int32 when path.IsEmpty:
                found.Add(thrift.Int32(type));
                break;
            case ThriftType.Int64 when path.IsEmpty:
                found.Add(thrift.Int64(type));
                break;
            case ThriftType.List:
                var element = path.IsEmpty ? ThriftType.Int32 : ThriftType.Struct;
                for (var left = thrift.List(type, element); left > 0; left--)
                {
                    Integers(ref thrift, element, path, found);
                }

                break;
            default:
                var field = 0;
                while (thrift.NextField(ref field, out var inner))
                {
                    if (field == path[0])
                    {
                        Integers(ref thrift, inner, path[1..], found);
                    }
                    else
                    {
                        thrift.Skip(inner);
                    }
                }

                break;
        }
    }

    /// <summary>Follows a path of fields, through every element of lists.</summary>
    private static void Struct(scoped ref ThriftCompactReader thrift, ReadOnlySpan<int> path, List<List<(int, string)>> found)
    {
        if (path.IsEmpty)
        {
            found.Add([]);
        }

        var field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            if (path.IsEmpty && type == ThriftType.Binary)
            {
                found[^1].Add((field, Convert.ToHexString(thrift.Binary(type))));
            }
            else if (path.IsEmpty || field != path[0])
            {
                thrift.Skip(type);
            }
            else if (type == ThriftType.List)
            {
                for (var left = thrift.List(type, ThriftType.Struct); left > 0; left--)
                {
                    Struct(ref thrift, path[1..], found);
                }
            }
            else
            {
                Struct(ref thrift, path[1..], found);
            }
        }
    }
}
