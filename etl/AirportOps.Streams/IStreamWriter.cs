using AirportOps.Reliability;

namespace AirportOps.Streams;

/// <summary>Writes records. For one caller at a time. Disposing loses nothing that was acknowledged.</summary>
public interface IStreamWriter : IAsyncDisposable
{
    /// <summary>Writes records, of any number, and returns when all are durable.</summary>
    /// <param name="records">Records of one key keep their order, also over calls.</param>
    /// <param name="cancellationToken">Cancelled, any of the records may have been written or not.</param>
    /// <exception cref="StreamException">
    /// Any of the records may have been written or not. <see cref="FaultException.Fault"/> tells whether to write them again
    /// helps; that may double some.
    /// </exception>
    /// <exception cref="ArgumentException">A key or data that the stream can't take; then nothing was written.</exception>
    Task WriteAsync(IReadOnlyList<OutgoingRecord> records, CancellationToken cancellationToken);

    /// <summary>Why the stream can't take data, as in "the record …": too long, or with bytes that would end it. Null where it can.</summary>
    /// <param name="data">The data of one record.</param>
    string? WhyNot(ReadOnlySpan<byte> data);
}
