-- steer: record an organizer's decision about a campaign; a campaign that may not send leaves the agenda.
--
-- ARGV  2 status   3 hold_until or ""   4 ended_at or ""   5 because

redis.call('HSET', CAMPAIGN, 'status', ARGV[2], 'hold_until', ARGV[3], 'ended_at', ARGV[4], 'because', ARGV[5])
refresh_agenda(campaign())
return 1
