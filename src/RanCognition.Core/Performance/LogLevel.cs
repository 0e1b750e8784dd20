namespace RanCognition.Performance;

/// <summary>Severity of a log line; the numbers cross the ABI.</summary>
public enum LogLevel
{
    Debug = 0,
    Info = 1,
    Warning = 2,
    Error = 3,
}
