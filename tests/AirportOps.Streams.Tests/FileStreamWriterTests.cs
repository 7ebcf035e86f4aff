using System.IO.Compression;
using System.Text;
using AirportOps.Reliability;

namespace AirportOps.Streams.Tests;

public sealed class FileStreamWriterTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_file_has_one_raw_record_a_line_and_replaces_what_was_there()
    {
        var path = _directory.PathOf("events.jsonl");
        File.WriteAllText(path, new string('x', 1000));

        await using (var writer = FileStreamWriter.Create(path))
        {
            await writer.WriteAsync([Record("{\"a\":1}"u8), Record([0xFF, 0x00, 0xFE])], Token);
            Assert.Equal("{\"a\":1}\n\xFF\0\xFE\n", Encoding.Latin1.GetString(await ReadSharedAsync(path)));
            await writer.WriteAsync([Record("  {} "u8)], Token);
        }

        Assert.Equal("{\"a\":1}\n\xFF\0\xFE\n  {} \n", File.ReadAllText(path, Encoding.Latin1));
    }

    [Fact]
    public async Task A_name_that_ends_in_gz_is_compressed()
    {
        var path = _directory.PathOf("events.jsonl.gz");
        await using (var writer = FileStreamWriter.Create(path))
        {
            for (var call = 0; call < 100; call++)
            {
                await writer.WriteAsync(Enumerable.Repeat(Record("{\"event_type\":\"flight\"}"u8), 100).ToArray(), Token);
            }
        }

        await using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        Assert.Equal(string.Concat(Enumerable.Repeat("{\"event_type\":\"flight\"}\n", 10_000)), await reader.ReadToEndAsync(Token));
        Assert.InRange(new FileInfo(path).Length, 1, 5000);
    }

    [Fact]
    public async Task A_stream_of_the_callers_gets_each_call_whole_and_stays_open()
    {
        using var output = new MemoryStream();
        await using (var writer = FileStreamWriter.Over(output, "standard output"))
        {
            await writer.WriteAsync([Record("1"u8)], Token);
            Assert.Equal("1\n"u8.ToArray(), output.ToArray());
        }

        Assert.True(output.CanWrite);
    }

    [Theory]
    [InlineData("{\"a\":\n1}", "Record 2 has a line break at byte 5 and can't be a line of")]
    [InlineData("{}\r", "Record 2 has a line break at byte 2 and can't be a line of")]
    [InlineData("", "Record 2 is empty and can't be a line of")]
    public async Task What_would_not_come_back_as_itself_is_refused_before_anything_is_written(string data, string message)
    {
        var path = _directory.PathOf("events.jsonl");
        await using (var writer = FileStreamWriter.Create(path))
        {
            var error = await Assert.ThrowsAsync<ArgumentException>(
                () => writer.WriteAsync([Record("{}"u8), Record(Encoding.UTF8.GetBytes(data))], Token));
            Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(File.ReadAllBytes(path));
    }

    [Fact]
    public void A_file_that_can_not_be_created_is_an_error_of_the_stream()
    {
        var error = Assert.Throws<StreamException>(() => FileStreamWriter.Create(_directory.PathOf("nowhere/events.jsonl")));

        Assert.StartsWith($"Can't create '{_directory.PathOf("nowhere/events.jsonl")}': ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_named_as_such()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /dev/full.");
        await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
        var writer = FileStreamWriter.Over(full, "standard output");

        var error = await Assert.ThrowsAsync<StreamException>(() => writer.WriteAsync([new("key", new byte[1 << 20])], Token));

        Assert.Equal(Fault.Outside, error.Fault);
        Assert.Equal("Can't write to 'standard output': the disk is full; free space and it goes on.", error.Message);
    }

    private static OutgoingRecord Record(ReadOnlySpan<byte> data) => new("key", data.ToArray());

    private static async Task<byte[]> ReadSharedAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var content = new MemoryStream();
        await file.CopyToAsync(content, Token);
        return content.ToArray();
    }
}
