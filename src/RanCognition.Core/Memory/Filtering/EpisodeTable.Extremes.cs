using System.Numerics;

namespace RanCognition.Memory.Filtering;

internal sealed unsafe partial class EpisodeTable
{
    private readonly LoadedCells _loadedCells = new();
    private ulong _newestTimeNs;
    private double _leastReward = double.NaN;
    private double _greatestReward = double.NaN;
    private volatile bool _isNewestStale;   // the newest row went; readers that find it so all compute the same
    private volatile bool _areRewardsStale;
    private int _firstAliveWord;   // words before it have no living row

    /// <summary>Of living rows; 0 when there are none.</summary>
    public ulong NewestTimeNs
    {
        get
        {
            if (_isNewestStale)
            {
                ulong newest = 0;
                for (int row = 0; row < Rows; row++)
                {
                    newest = IsAlive(row) ? Math.Max(newest, _times.Pointer[row]) : newest;
                }
                Volatile.Write(ref _newestTimeNs, newest);
                _isNewestStale = false;
            }
            return Volatile.Read(ref _newestTimeNs);
        }
    }

    /// <summary>Of living rows whose reward is known; NaN when none is.</summary>
    public (double Min, double Max) RewardRange
    {
        get
        {
            if (_areRewardsStale)
            {
                double least = double.NaN, greatest = double.NaN;
                for (int row = 0; row < Rows; row++)
                {
                    if (IsAlive(row))
                    {
                        Widen(_rewards.Pointer[row], ref least, ref greatest);
                    }
                }
                Volatile.Write(ref _leastReward, least);
                Volatile.Write(ref _greatestReward, greatest);
                _areRewardsStale = false;
            }
            return (Volatile.Read(ref _leastReward), Volatile.Read(ref _greatestReward));
        }
    }

    /// <summary>Ids of the oldest living rows by time, ties by id. Gives how many.</summary>
    public int CopyOldest(int count, Span<ulong> ids)
    {
        count = Math.Min(Math.Min(count, Count), ids.Length);
        if (count == 0)
        {
            return 0;
        }
        if (TimesAscend && IdsAscend)
        {
            return CopyFirst(ids[..count]);
        }
        // The heap's root is the youngest of the oldest seen so far.
        var oldest = new PriorityQueue<ulong, (ulong Time, ulong Id)>(count + 1, Comparer<(ulong Time, ulong Id)>.Create((a, b) => b.CompareTo(a)));
        for (int row = FirstAlive(); row < Rows; row++)
        {
            if (IsAlive(row))
            {
                (ulong, ulong) age = (_times.Pointer[row], _ids.Pointer[row]);
                if (oldest.Count < count)
                {
                    oldest.Enqueue(_ids.Pointer[row], age);
                }
                else
                {
                    oldest.EnqueueDequeue(_ids.Pointer[row], age);
                }
            }
        }
        for (int i = count - 1; i >= 0; i--)
        {
            ids[i] = oldest.Dequeue();
        }
        return count;
    }

    private int CopyFirst(Span<ulong> ids)
    {
        int copied = 0;
        for (int row = FirstAlive(); copied < ids.Length; row++)
        {
            if (IsAlive(row))
            {
                ids[copied++] = _ids.Pointer[row];
            }
        }
        return copied;
    }

    private int FirstAlive()
    {
        int word = _firstAliveWord;
        while (word + 1 < WordCount && _alive.Pointer[word] == 0)   // rows may still be added to the last word
        {
            word++;
        }
        _firstAliveWord = word;
        return Count == 0 ? Rows : word * WordBits + BitOperations.TrailingZeroCount(_alive.Pointer[word]);
    }

    private void Learn(int row)
    {
        if (_times.Pointer[row] >= _newestTimeNs)   // which no living row is above, stale or not
        {
            _newestTimeNs = _times.Pointer[row];
            _isNewestStale = false;
        }
        Widen(_rewards.Pointer[row], ref _leastReward, ref _greatestReward);
        _successCounts[_success.Pointer[row] + 1]++;
    }

    /// <summary>The row's values are about to go.</summary>
    private void Forget(int row)
    {
        double reward = _rewards.Pointer[row];
        _isNewestStale |= _times.Pointer[row] >= _newestTimeNs;
        _areRewardsStale |= reward <= _leastReward || reward >= _greatestReward;
        _successCounts[_success.Pointer[row] + 1]--;
    }

    private static void Widen(double reward, ref double least, ref double greatest)
    {
        if (!double.IsNaN(reward))
        {
            least = reward >= least ? least : reward;
            greatest = reward <= greatest ? greatest : reward;
        }
    }
}
