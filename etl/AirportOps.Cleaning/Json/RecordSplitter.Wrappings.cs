using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning.Json;

/// <summary>Bytes that are no JSON but hold it, and objects that carry events without being one.</summary>
internal sealed partial class RecordSplitter
{
    /// <summary>How many times the limit of a record all gzip'd parts of one may hold together, however many they are.</summary>
    private const int MostTimesExpanded = 16;

    private readonly Envelopes _envelopes = new(workspace, keys);
    private long _expanded;

    /// <summary>Splits what is gzip'd or aggregated.</summary>
    /// <returns>False for anything else, and where it is wrapped too often.</returns>
    private bool TryExpand(Slice bytes, int wrappingsLeft)
    {
        if (wrappingsLeft == 0)
        {
            return false;
        }

        if (GzipContent.IsGzip(workspace[bytes]))
        {
            ExpandGzip(bytes, wrappingsLeft);
            return true;
        }

        if (!AggregatedRecord.IsOne(workspace[bytes]))
        {
            return false;
        }

        var records = new List<Slice>();
        if (AggregatedRecord.Read(workspace, bytes, records) is { } fault)
        {
            _elements.Add(new RecordElement(RecordElementKind.Malformed, bytes, fault));
            return true;
        }

        IsPlain = false;
        foreach (var record in records)
        {
            SplitRecord(record, wrappingsLeft - 1);
        }

        return true;
    }

    private void ExpandGzip(Slice bytes, int wrappingsLeft)
    {
        var limit = (int)Math.Min(maxBytes, ((long)MostTimesExpanded * maxBytes) - _expanded);
        var kind = GzipContent.Read(workspace, bytes, limit, out var content);
        _expanded += content.Length;
        switch (kind)
        {
            case RecordElementKind.Object:
                IsPlain = false;
                if (!TryExpand(content, wrappingsLeft - 1))
                {
                    SplitText(content, wrappingsLeft - 1);
                }

                break;
            case RecordElementKind.TooLarge:
                _elements.Add(new RecordElement(kind, bytes, $"gzip of over {limit} bytes; at most {maxBytes} are taken"));
                break;
            default:
                _elements.Add(new RecordElement(kind, bytes, "damaged gzip"));
                break;
        }
    }

    /// <summary>Puts what envelopes carry in their place, among the parts from one on.</summary>
    private void OpenEnvelopes(int from, int wrappingsLeft)
    {
        if (wrappingsLeft == 0)
        {
            return;
        }

        // From the last to the first: what is put in place of one moves only those that were looked at.
        for (var i = _elements.Count - 1; i >= from; i--)
        {
            if (_elements[i].Kind == RecordElementKind.Object)
            {
                Open(i, wrappingsLeft);
            }
        }
    }

    private void Open(int index, int wrappingsLeft)
    {
        var (envelope, end) = (_elements[index], _elements.Count);
        var contents = new List<EnvelopeContent>();
        for (var kind = 0; _envelopes.TryOpen(envelope.Bytes, kind, contents); kind++)
        {
            foreach (var content in contents)
            {
                AddContent(content, wrappingsLeft);
            }

            if (HasObject(end))
            {
                var carried = _elements.GetRange(end, _elements.Count - end);
                RemoveFrom(end);
                _elements.RemoveAt(index);
                _elements.InsertRange(index, carried);
                return;
            }

            RemoveFrom(end);
        }
    }

    /// <summary>Adds what comes of one content; a text without an object is no event, beside others that are.</summary>
    private void AddContent(in EnvelopeContent content, int wrappingsLeft)
    {
        var isSplit = content.IsString ? TrySplitString(content.Bytes, wrappingsLeft) : TrySplitInner(content.Bytes, wrappingsLeft);
        if (!isSplit)
        {
            _elements.Add(new RecordElement(RecordElementKind.Other, content.Bytes));
        }
    }
}
