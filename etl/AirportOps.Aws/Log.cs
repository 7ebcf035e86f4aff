using Microsoft.Extensions.Logging;

namespace AirportOps.Aws;

/// <summary>What is logged: 60xx Kinesis, 61xx S3, 62xx leases in DynamoDB, 63xx Redshift.</summary>
internal static partial class Log
{
    [LoggerMessage(6001, LogLevel.Warning, "Stream {Stream}: {Trouble}; trying again.")]
    internal static partial void StreamTrouble(ILogger logger, string stream, string trouble);

    [LoggerMessage(6002, LogLevel.Information, "Stream {Stream}: {Action} works again after {Seconds} s.")]
    internal static partial void StreamWorksAgain(ILogger logger, string stream, string action, long seconds);

    [LoggerMessage(
        6003,
        LogLevel.Warning,
        "Stream {Stream}: shard {Shard} is hot: {Records} writes were throttled in {Seconds} s, {Share} % of them of key '{Key}'. Split the shard, or spread the key.")]
    internal static partial void HotShard(ILogger logger, string stream, string shard, long records, long seconds, int share, string key);

    [LoggerMessage(6101, LogLevel.Warning, "Lake {Lake}: {Trouble}; trying again.")]
    internal static partial void LakeTrouble(ILogger logger, string lake, string trouble);

    [LoggerMessage(6103, LogLevel.Information, "Lake {Lake}: {Action} works again after {Seconds} s.")]
    internal static partial void LakeWorksAgain(ILogger logger, string lake, string action, long seconds);

    [LoggerMessage(6102, LogLevel.Warning, "Lake {Lake}: the unfinished upload of '{Key}' could not be aborted and stays until the bucket's lifecycle rule removes it: {Trouble}.")]
    internal static partial void UploadNotAborted(ILogger logger, string lake, string key, string trouble);

    [LoggerMessage(
        6201,
        LogLevel.Warning,
        "Leases in table {Table}: {Trouble}; trying again. Shards are worked on as long as their leases last, then left until they can be renewed.")]
    internal static partial void LeaseTrouble(ILogger logger, string table, string trouble);

    [LoggerMessage(6202, LogLevel.Information, "Leases in table {Table}: it works again after {Seconds} s.")]
    internal static partial void LeasesWorkAgain(ILogger logger, string table, long seconds);

    [LoggerMessage(6203, LogLevel.Information, "The lease table {Table} was not there and is created, paid by request.")]
    internal static partial void LeaseTableCreated(ILogger logger, string table);

    [LoggerMessage(6301, LogLevel.Warning, "Warehouse {Warehouse}: {Trouble}; trying again.")]
    internal static partial void WarehouseTrouble(ILogger logger, string warehouse, string trouble);

    [LoggerMessage(6302, LogLevel.Information, "Warehouse {Warehouse}: {Action} works again after {Seconds} s.")]
    internal static partial void WarehouseWorksAgain(ILogger logger, string warehouse, string action, long seconds);
}
