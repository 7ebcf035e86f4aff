using System.IO.Compression;

namespace AirportOps.Files.Tests;

/// <summary>Gzip is read whole or fails.</summary>
public sealed class GzipTests
{
    private static readonly byte[] First = Samples.Lines(1000, seed: 1);
    private static readonly byte[] Second = Samples.Lines(700, seed: 2);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Members_are_read_one_after_another_empty_ones_too(bool isSeekable)
    {
        byte[] stored =
        [
            .. Samples.Gzip([]), .. Samples.Gzip(First), .. Samples.Gzip([]), .. Samples.Gzip(Second, CompressionLevel.NoCompression),
            .. Samples.Gzip(Second, CompressionLevel.SmallestSize), .. Samples.Gzip([]),
        ];

        Assert.Equal([.. First, .. Second, .. Second], Samples.Read(stored, isSeekable: isSeekable));
    }

    [Fact]
    public void Thousands_of_small_members_are_read()
    {
        var members = Enumerable.Range(0, 3000).Select(i => Samples.Lines(i % 3, seed: i)).ToList();

        Assert.Equal(members.SelectMany(content => content), Samples.Read([.. members.SelectMany(content => Samples.Gzip(content))]));
    }

    [Fact]
    public void A_header_with_every_optional_part_is_passed_over()
    {
        var plain = Samples.Gzip(First);
        byte[] header = [.. plain.AsSpan(0, 3), 0x1F, .. plain.AsSpan(4, 6), 3, 0, 9, 9, 9, .. "name\0"u8, .. "comment\0"u8, 0, 0];

        Assert.Equal([.. First, .. First], Samples.Read([.. header, .. plain.AsSpan(10), .. plain]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(511)]
    [InlineData(200_000)]
    public void Zeroes_behind_the_last_member_are_padding(int count) =>
        Assert.Equal([.. First, .. Second], Samples.Read([.. Samples.Gzip(First), .. Samples.Gzip(Second), .. new byte[count]]));

    [Fact]
    public void Zeroes_behind_an_empty_member_are_padding() => Assert.Empty(Samples.Read([.. Samples.Gzip([]), .. new byte[100]]));

    [Fact]
    public void A_member_that_does_not_begin_as_one_fails_with_its_number_and_place()
    {
        var first = Samples.Gzip(First);
        var second = Samples.Gzip(Second);
        second[0] ^= 1;

        Assert.Equal($"gzip member 2 should begin at byte {first.Length} with 1F 8B, found 1E 8B", Failure([.. first, .. second]));
        Assert.Equal($"gzip member 2 should begin at byte {first.Length} with 1F 8B, found 0A", Failure([.. first, 10]));
        Assert.StartsWith("gzip member 2 should begin", Failure([.. first, .. new byte[100_000], 7, .. second]), StringComparison.Ordinal);
        Assert.StartsWith("gzip member 3 should begin", Failure([.. first, .. Samples.Gzip([]), .. "garbage"u8]), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_byte_is_changed_all_of_the_data_is_read_or_it_fails()
    {
        var content = Samples.Lines(40);
        byte[] stored = [.. Samples.Gzip(content), .. Samples.Gzip(content)];
        byte[] expected = [.. content, .. content];
        for (var i = 2; i < stored.Length; i++)
        {
            byte[] changed = [.. stored];
            changed[i] ^= 0x55;
            byte[] read;
            try
            {
                read = Samples.Read(changed);
            }
            catch (InvalidDataException)
            {
                continue;
            }

            // Time, system and the like in a header change nothing.
            Assert.True(read.AsSpan().SequenceEqual(expected), $"byte {i} changed, {read.Length} bytes read of {expected.Length}");
        }
    }

    [Fact]
    public void Wherever_it_is_cut_it_fails_but_between_two_members()
    {
        var content = Samples.Lines(40);
        var member = Samples.Gzip(content);
        byte[] stored = [.. member, .. member];
        for (var length = 2; length < stored.Length; length++)
        {
            if (length == member.Length)
            {
                Assert.Equal(content, Samples.Read(stored[..length]));
            }
            else
            {
                Assert.Throws<InvalidDataException>(() => Samples.Read(stored[..length]));
            }
        }
    }

    [Fact]
    public async Task Reading_without_blocking_gives_the_same()
    {
        byte[] stored = [.. Samples.Gzip(First), .. Samples.Gzip([]), .. Samples.Gzip(Second)];
        await using var content = InputContent.Open(new MemoryStream(stored), "events.jsonl.gz");
        using var all = new MemoryStream();

        await content.CopyToAsync(all, 777, TestContext.Current.CancellationToken);

        Assert.Equal([.. First, .. Second], all.ToArray());
    }

    private static string Failure(byte[] stored) => Assert.Throws<InvalidDataException>(() => Samples.Read(stored)).Message;
}
