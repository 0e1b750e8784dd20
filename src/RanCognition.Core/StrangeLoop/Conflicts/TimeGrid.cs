namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>Finds places in ascending times by even steps of time: at once where they are about even, by halving inside of a step where they are not.</summary>
internal sealed class TimeGrid
{
    private readonly ulong[] _times;
    private readonly int[] _firsts;   // of each step: how many times are before it
    private readonly int _shift;      // a step is 2^shift ns

    public TimeGrid(ulong[] times)
    {
        _times = times;
        ulong span = times.Length == 0 ? 0 : times[^1] - times[0];
        while (span >> _shift > 2 * (ulong)times.Length)
        {
            _shift++;
        }
        _firsts = new int[(int)(span >> _shift) + 2];
        int place = 0;
        for (int step = 0; step < _firsts.Length; step++)
        {
            while (place < times.Length && (times[place] - times[0]) >> _shift < (ulong)step)
            {
                place++;
            }
            _firsts[step] = place;
        }
    }

    /// <summary>How many of the times are below.</summary>
    public int CountBefore(ulong timeNs)
    {
        ulong[] times = _times;
        if (times.Length == 0 || timeNs <= times[0])
        {
            return 0;
        }
        if (timeNs > times[^1])
        {
            return times.Length;
        }
        int step = (int)((timeNs - times[0]) >> _shift), low = _firsts[step], high = _firsts[step + 1];
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (times[middle] < timeNs)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }
}
