using RanCognition.Contracts;

namespace RanCognition.Scheduling;

/// <summary>What a handler replies. One object per scheduler, empty again for each task.</summary>
public sealed class TaskReply
{
    private const int KeptBytes = 1 << 20;

    private byte[] _bytes = [];

    public int Length { get; private set; }

    /// <summary>Differs for each task, so that a reply kept beyond its task is told from the current one; 0 between tasks.</summary>
    public long Token { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > SchedulingLimits.ReplyBytesMax - Length)
        {
            throw new LimitExceededException("reply", $"more than {SchedulingLimits.ReplyBytesMax} bytes");
        }
        if (bytes.Length > _bytes.Length - Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes.Length));
        }
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Empties the reply for the next task.</summary>
    internal void Begin(long token)
    {
        Length = 0;
        Token = token;
    }

    internal void End()
    {
        Token = 0;
        if (_bytes.Length > KeptBytes)
        {
            _bytes = [];
        }
    }
}
