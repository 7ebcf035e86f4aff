using System.Globalization;
using AirportOps.Cleaning;
using AirportOps.Parquet;
using AirportOps.Pipeline.Silver;

namespace AirportOps.Pipeline.Batch;

/// <summary>
/// The rows of one entity and day on their way into files: gathered in the order of the input, written as row groups by the workers. Appending and
/// cutting are for one caller at a time.
/// </summary>
internal sealed class SilverPartition : IDisposable
{
    private readonly Entity _entity;
    private readonly DateOnly _day;
    private readonly ParquetWriterOptions _layout;
    private readonly OutputFolder _folder;
    private readonly long _fileBytes;
    private readonly BlockPool _pool;
    private readonly SerialWork _work;

    /// <summary>Gives its memory back after each row group, so that files under way between two cost next to nothing.</summary>
    private readonly ParquetWriterScratch _scratch = new();
    private readonly List<CleanedFile> _files = [];
    private RowBuffer _rows;
    private AppendedFile? _file;
    private ParquetWriter? _writer;

    internal SilverPartition(
        Entity entity, DateOnly day, ParquetWriterOptions layout, OutputFolder folder, long fileBytes, WorkQueue queue, BlockPool pool)
    {
        (_entity, _day, _layout, _folder, _fileBytes, _pool) = (entity, day, layout, folder, fileBytes, pool);
        _work = new SerialWork(queue);
        _rows = new RowBuffer(entity, pool);
    }

    /// <summary>Bytes gathered for the next row group.</summary>
    internal long Bytes => _rows.Bytes;

    /// <summary>The files; complete once all work is done.</summary>
    internal IReadOnlyList<CleanedFile> Files => _files;

    /// <summary>Takes all rows of a set.</summary>
    internal void Append(RowSet rows) => _rows.Append(rows);

    /// <summary>Makes a row group of what was gathered.</summary>
    internal void Cut()
    {
        if (_rows.Rows > 0)
        {
            var rows = _rows;
            _rows = new RowBuffer(_entity, _pool);
            _work.Add(() => Write(rows));
        }
    }

    /// <summary>Writes what was gathered and completes the last file.</summary>
    internal void Finish()
    {
        Cut();
        _work.Add(Complete);
    }

    /// <summary>Closes the file under way, if any: it stays unfinished.</summary>
    public void Dispose()
    {
        _writer?.Dispose();
        _scratch.Dispose();
        _file?.Dispose();
    }

    private void Write(RowBuffer rows)
    {
        if (_writer is null)
        {
            _file = _folder.Create(Key());
            _writer = new ParquetWriter(_file, SilverSchema.Of(_entity), _layout, _scratch);
        }

        rows.WriteTo(_writer);
        _scratch.Dispose();
        _file!.Release();
        if (_writer.BytesWritten >= _fileBytes)
        {
            Complete();
        }
    }

    private void Complete()
    {
        if (_writer is not null)
        {
            var summary = _writer.Finish();
            _file!.Complete();
            _files.Add(new CleanedFile(_entity.Name(), _day, Key(), summary.Rows, summary.Bytes));
            _writer.Dispose();
            _scratch.Dispose();
            (_writer, _file) = (null, null);
        }
    }

    private string Key() => string.Create(
        CultureInfo.InvariantCulture, $"silver/{_entity.Name()}/event_date={_day:yyyy-MM-dd}/part-{_files.Count + 1:00000}.parquet");
}
