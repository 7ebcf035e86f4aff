using Microsoft.Extensions.Logging;

namespace AirportOps.Aws;

/// <summary>What is logged: 60xx Kinesis, 61xx S3, 62xx leases in DynamoDB. Outages have the ids of Reliability.</summary>
internal static partial class Log
{
    [LoggerMessage(
        6003,
        LogLevel.Warning,
        "Stream {Stream}: shard {Shard} is hot: {Records} writes were throttled in {Seconds} s, {Share} % of them of key '{Key}'. Split the shard, or spread the key.")]
    internal static partial void HotShard(ILogger logger, string stream, string shard, long records, long seconds, int share, string key);

    [LoggerMessage(6102, LogLevel.Warning, "Lake {Lake}: the unfinished upload of '{Key}' could not be aborted and stays until the bucket's lifecycle rule removes it: {Trouble}.")]
    internal static partial void UploadNotAborted(ILogger logger, string lake, string key, string trouble);

    [LoggerMessage(6203, LogLevel.Information, "The lease table {Table} was not there and is created, paid by request.")]
    internal static partial void LeaseTableCreated(ILogger logger, string table);
}
