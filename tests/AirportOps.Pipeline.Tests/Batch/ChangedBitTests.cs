using AirportOps.Parquet;

namespace AirportOps.Pipeline.Tests.Batch;

/// <summary>Bits of a result that change on the disk.</summary>
public sealed class ChangedBitTests : IDisposable
{
    private const int Seed = 20260301;

    private readonly BatchScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task A_changed_bit_of_a_file_is_found_or_changes_no_row()
    {
        await _scene.CleanAsync([_scene.Write("in.jsonl", MessyRecords.Make(60, Seed))]);
        var rows = BatchScene.Rows(_scene.Out);
        var path = Directory.EnumerateFiles(_scene.Out, "*.parquet", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        var whole = File.ReadAllBytes(path);
        var dataBytes = whole.Length - 8 - BitConverter.ToInt32(whole, whole.Length - 8);
        var random = new Random(Seed);
        var found = 0;
        for (var round = 0; round < 300; round++)
        {
            var damaged = whole.ToArray();
            damaged[4 + random.Next(dataBytes - 4)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, damaged);
            try
            {
                Assert.Equal(rows, BatchScene.Rows(_scene.Out));
            }
            catch (ParquetFormatException)
            {
                found++;
            }
        }

        Assert.InRange(found, 150, 300);
    }
}
