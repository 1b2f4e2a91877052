"""The rehearsal: a sample edition through real parts on one machine, in under a minute, audited from the inbox."""
