using AirportOps.Parquet.Meta;

namespace AirportOps.Parquet.Tests.Meta;

public sealed class ThriftCompactTests
{
    /// <summary>Zigzag varints as in the protocol's specification: 0, -1, 1, -2 become 0, 1, 2, 3; 50399 becomes DF 89 03 unsigned.</summary>
    [Fact]
    public void Fields_are_written_as_the_protocol_says()
    {
        using var output = new PooledBuffer();
        var thrift = new ThriftCompactWriter(output);
        var outer = thrift.BeginElement();
        thrift.Int32(1, -1);
        thrift.Int64(3, 50399);
        thrift.Bool(4, true);
        thrift.Bool(5, false);
        thrift.Text(6, "é");
        thrift.List(7, ThriftType.Int32, 2);
        thrift.Int32Element(1);
        thrift.Int32Element(-2);
        thrift.EmptyStruct(8);
        thrift.List(9, ThriftType.Int32, 15);
        thrift.EndStruct(outer);

        Assert.Equal("15012 6BE9306 11 12 18 02C3A9 19250203 1C00 19F50F 00".Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(output.Written));
    }

    [Fact]
    public void Unknown_fields_of_every_type_are_skipped()
    {
        // bool, i8, i16, i32, i64, double, binary, list of bool, set of i32, map of i32 to binary, empty map, struct, uuid, then i32 7.
        var bytes = Convert.FromHexString(
            "11" + "1305" + "1402" + "158001" + "160A" + "170000000000000000" + "18026162" + "19210102" + "1A250203" + "1B015802" + "0163"
            + "1B00" + "1C15040000"[..8] + "1D00000000000000000000000000000000" + "150E" + "00");
        var thrift = new ThriftCompactReader(bytes, 0);
        var field = 0;
        var last = 0;
        while (thrift.NextField(ref field, out var type))
        {
            if (field == 14)
            {
                last = thrift.Int32(type);
            }
            else
            {
                thrift.Skip(type);
            }
        }

        Assert.Equal((14, 7, bytes.Length), (field, last, thrift.Position));
    }

    [Theory]
    [InlineData("15", 1)]
    [InlineData("15FFFFFFFFFFFFFFFFFFFF01", 11)]
    [InlineData("15FFFFFFFF7F", 1)]
    [InlineData("1805414141", 2)]
    [InlineData("19F5FFFFFFFF0F", 7)]
    [InlineData("16", 0)]
    public void Lengths_past_the_end_and_numbers_too_large_are_told_with_their_offset(string hex, int offset)
    {
        var error = Assert.Throws<ParquetFormatException>(() =>
        {
            var thrift = new ThriftCompactReader(Convert.FromHexString(hex), 1000);
            var field = 0;
            thrift.NextField(ref field, out var type);
            switch (type)
            {
                case ThriftType.Binary:
                    thrift.Binary(type);
                    break;
                case ThriftType.List:
                    thrift.List(type, ThriftType.Int32);
                    break;
                default:
                    thrift.Int32(type);
                    break;
            }
        });

        Assert.Equal(1000 + (offset == 0 ? 1 : offset), error.Offset);
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        var bytes = Enumerable.Repeat((byte)0x1C, 100_000).ToArray();

        Assert.Throws<ParquetFormatException>(() => new ThriftCompactReader(bytes, 0).Skip(ThriftType.Struct));
    }
}
