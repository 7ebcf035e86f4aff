using Microsoft.Extensions.Logging;

namespace AirportOps.Aws;

/// <summary>What is logged: 60xx Kinesis, 61xx S3.</summary>
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
}
