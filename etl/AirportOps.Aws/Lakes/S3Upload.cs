using System.Buffers;
using System.Net;
using AirportOps.Aws.Connecting;
using AirportOps.Lake;
using AirportOps.Reliability;
using Amazon.S3;
using Amazon.S3.Model;

namespace AirportOps.Aws.Lakes;

/// <summary>
/// An object on its way into S3. What fits into one part is put at once when it is complete; more goes up part by part while it is written, a
/// few parts at a time, so that memory is bounded whatever the size.
/// </summary>
internal sealed class S3Upload : LakeUpload
{
    private const int FirstBufferBytes = 64 << 10;

    private readonly S3Lake _lake;
    private readonly IAmazonS3 _client;
    private readonly S3Place _place;
    private readonly string _mark = S3Lake.NewMark();
    private readonly CancellationTokenSource _abandoned = new();
    private readonly List<Task<PartETag>> _parts = [];
    private Task<string>? _uploadId;
    private byte[] _buffer = [];
    private int _buffered;
    private long _bytesWritten;
    private State _state;

    /// <summary>Starts an upload; nothing is called before a part is full.</summary>
    public S3Upload(S3Lake lake, IAmazonS3 client, S3Place place, string key) => (_lake, _client, _place, Key) = (lake, client, place, key);

    private enum State
    {
        Open,
        Completing,
        Published,
        Disposed,
    }

    /// <inheritdoc/>
    public override string Key { get; }

    /// <inheritdoc/>
    public override long BytesWritten => _bytesWritten;

    /// <inheritdoc/>
    public override bool CanWrite => _state == State.Open;

    /// <inheritdoc/>
    /// <remarks>Blocks while all the parts that memory allows are under way: whoever writes synchronously can't be told to wait otherwise.</remarks>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ThrowIfNotOpen();
        while (!buffer.IsEmpty)
        {
            if (_buffered == _place.Options.PartBytes)
            {
                WaitForRoomAsync(CancellationToken.None).GetAwaiter().GetResult();
                StartPart();
            }

            buffer = buffer[Take(buffer)..];
        }
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ThrowIfNotOpen();
        while (!buffer.IsEmpty)
        {
            if (_buffered == _place.Options.PartBytes)
            {
                await WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
                StartPart();
            }

            buffer = buffer[Take(buffer.Span)..];
        }
    }

    /// <inheritdoc/>
    public override void Flush() => ThrowIfNotOpen();

    /// <inheritdoc/>
    public override async Task<bool> CompleteAsync(PutMode mode, CancellationToken cancellationToken)
    {
        ThrowIfNotOpen();
        cancellationToken.ThrowIfCancellationRequested();
        _state = State.Completing;
        if (_parts.Count == 0)
        {
            return await _lake.PutAsync(Key, _buffer.AsMemory(0, _buffered), mode, cancellationToken).ConfigureAwait(false);
        }

        await WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
        StartPart();
        var parts = await Task.WhenAll(_parts).WaitAsync(cancellationToken).ConfigureAwait(false);
        var uploadId = await _uploadId!.ConfigureAwait(false);
        var isPublished = await _place.CallAsync(
            "s3:PutObject", Key, token => CompleteOnceAsync(uploadId, parts, mode, token), cancellationToken).ConfigureAwait(false);
        _state = isPublished ? State.Published : State.Completing;
        return isPublished;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_state != State.Disposed)
        {
            var isToAbort = _uploadId is not null && _state != State.Published;
            _state = State.Disposed;
            await _abandoned.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(_parts)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (isToAbort)
            {
                await AbortAsync().ConfigureAwait(false);
            }

            ReturnBuffer();
            _abandoned.Dispose();
        }

        await base.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _state != State.Disposed)
        {
            // Blocks while an upload with parts is aborted; what has none ends at once.
            DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }

    private int Take(ReadOnlySpan<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _place.Options.PartBytes - _buffered);
        if (_buffer.Length - _buffered < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(
                Math.Min(_place.Options.PartBytes, Math.Max(FirstBufferBytes, Math.Max(_buffer.Length * 2, _buffered + count))));
            _buffer.AsSpan(0, _buffered).CopyTo(larger);
            var written = _buffered;
            ReturnBuffer();
            (_buffer, _buffered) = (larger, written);
        }

        buffer[..count].CopyTo(_buffer.AsSpan(_buffered));
        _buffered += count;
        _bytesWritten += count;
        return count;
    }

    private void ReturnBuffer()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        (_buffer, _buffered) = ([], 0);
    }

    private async Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        while (_parts.Count(part => !part.IsCompleted) >= _place.Options.PartsInFlight)
        {
            await Task.WhenAny(_parts.Where(part => !part.IsCompleted)).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        // What failed fails the upload now, not after gigabytes more.
        if (_parts.Find(part => part.IsFaulted) is { } failed)
        {
            await failed.ConfigureAwait(false);
        }
    }

    /// <summary>Sends the buffer as the next part; its memory goes back when it is sent.</summary>
    private void StartPart()
    {
        var (content, length) = (_buffer, _buffered);
        (_buffer, _buffered) = ([], 0);
        _uploadId ??= Task.Run(() => InitiateAsync(_abandoned.Token));
        var number = _parts.Count + 1;
        _parts.Add(Task.Run(() => SendPartAsync(number, content, length, _abandoned.Token)));
    }

    private Task<string> InitiateAsync(CancellationToken cancellationToken)
    {
        var request = new InitiateMultipartUploadRequest
        {
            BucketName = _place.Bucket,
            Key = _place.Root + Key,
            ExpectedBucketOwner = _place.Options.ExpectedBucketOwner,
        };
        request.Metadata.Add(S3Lake.Mark, _mark);
        if (_place.Options.KmsKeyId is { } kmsKey)
        {
            request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS;
            request.ServerSideEncryptionKeyManagementServiceKeyId = kmsKey;
        }

        // Never cancelled half-way: an upload whose id nobody knows can't be aborted.
        return _place.CallAsync(
            "s3:PutObject",
            Key,
            async _ => (await _client.InitiateMultipartUploadAsync(request, CancellationToken.None).ConfigureAwait(false)).UploadId,
            cancellationToken);
    }

    private async Task<PartETag> SendPartAsync(int number, byte[] content, int length, CancellationToken cancellationToken)
    {
        try
        {
            var uploadId = await _uploadId!.ConfigureAwait(false);
            return await _place.CallAsync(
                "s3:PutObject",
                Key,
                async token =>
                {
                    using var body = S3Lake.AsStream(content.AsMemory(0, length));
                    var request = new UploadPartRequest
                    {
                        BucketName = _place.Bucket,
                        Key = _place.Root + Key,
                        UploadId = uploadId,
                        PartNumber = number,
                        PartSize = length,
                        InputStream = body,
                        ExpectedBucketOwner = _place.Options.ExpectedBucketOwner,
                    };
                    return new PartETag(await _client.UploadPartAsync(request, token).ConfigureAwait(false));
                },
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(content);
        }
    }

    private async Task<bool> CompleteOnceAsync(string uploadId, PartETag[] parts, PutMode mode, CancellationToken cancellationToken)
    {
        var request = new CompleteMultipartUploadRequest
        {
            BucketName = _place.Bucket,
            Key = _place.Root + Key,
            UploadId = uploadId,
            PartETags = [.. parts],
            ExpectedBucketOwner = _place.Options.ExpectedBucketOwner,
            IfNoneMatch = mode == PutMode.IfAbsent ? "*" : null,
        };
        try
        {
            await _client.CompleteMultipartUploadAsync(request, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AmazonS3Exception taken) when (taken.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return await _lake.HasMarkAsync(Key, _mark, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception gone) when (gone.ErrorCode == "NoSuchUpload")
        {
            // Completed already, when an answer was lost; else somebody aborted it.
            return await _lake.HasMarkAsync(Key, _mark, cancellationToken).ConfigureAwait(false)
                ? true
                : throw new LakeException(
                    $"The upload of '{Key}' to the lake {_place.Location} was aborted by somebody else; write it again.", Fault.Outside, gone);
        }
    }

    private async Task AbortAsync()
    {
        try
        {
            var uploadId = await _uploadId!.ConfigureAwait(false);
            await _client.AbortMultipartUploadAsync(
                new AbortMultipartUploadRequest
                {
                    BucketName = _place.Bucket,
                    Key = _place.Root + Key,
                    UploadId = uploadId,
                    ExpectedBucketOwner = _place.Options.ExpectedBucketOwner,
                },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is LakeException or OperationCanceledException || AwsTrouble.IsOfAws(exception, CancellationToken.None))
        {
            Log.UploadNotAborted(_place.Logger, _place.Location, Key, exception.Message);
        }
    }

    private void ThrowIfNotOpen()
    {
        ObjectDisposedException.ThrowIf(_state == State.Disposed, this);
        if (_state != State.Open)
        {
            throw new InvalidOperationException($"The upload of '{Key}' is complete.");
        }
    }
}
